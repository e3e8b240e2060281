import Crypto
package import Encoding
package import JOSE
import OpenBanking

extension JSONLimits {
    /// For the claims of a request, one of which is a whole software statement: as long as a payload may be.
    static let registration: JSONLimits = {
        var limits = JSONLimits.request
        limits.stringBytes = JWSLimits.standard.payloadBytes
        return limits
    }()
}

/// One compact JWS of a request, taken apart but not yet believed: segments, header, claims, decoded signature.
///
/// A worker keeps one per kind and fills it anew for each request, so that reading allocates nothing.
package final class SignedDocument<Name: ClaimName> {
    package private(set) var jws: CompactJWS?
    package private(set) var framingFault: JWSFault?
    package private(set) var headerFault: JSONDecodeError?
    package private(set) var claimsFault: JSONDecodeError?
    /// The protected header, where it is a strict JSON object.
    package private(set) var header: ProtectedHeader?
    /// True where the payload is a strict JSON object and `claims` reads it.
    package private(set) var hasClaims = false
    package let claims: Claims<Name>
    package let document: JSONDocument
    private let headerDocument: JSONDocument
    private let signatureBytes = ByteBuffer(capacity: 1024)
    private var hasSignature = false
    private var digest: MessageDigest?

    package init(index: ClaimIndex<Name>, limits: JSONLimits = .request) {
        document = JSONDocument(limits: limits)
        claims = Claims(index: index, of: document)
        headerDocument = JSONDocument(limits: limits)
    }

    /// Forgets what was read; claims of the last request can no longer be seen.
    package func clear() {
        jws = nil
        framingFault = nil
        headerFault = nil
        claimsFault = nil
        header = nil
        hasSignature = false
        digest = nil
        hasClaims = false
        claims.clear()
    }

    /// Takes a compact JWS apart, as far as it can be read.
    package func read(_ text: ByteSlice) {
        clear()
        do throws(JWSFault) {
            let framed = try CompactJWS.cut(text)
            readSignature(framed)
            readHeader(framed)
            readClaims(framed)
            // What decodes is base64url; where something does not, the framing is asked first.
            if !hasSignature || headerFault != nil || claimsFault != nil { try framed.check() }
            jws = framed
        } catch {
            clear()
            framingFault = error
        }
    }

    /// Reads claims that no signature covers: the bank's template of a manual registration.
    package func readUnsigned(_ json: ByteSlice) {
        clear()
        do throws(JSONError) {
            try document.parse(json)
            hasClaims = document.root.kind == .object
            if hasClaims { claims.read(document.root) }
        } catch {
            claimsFault = .json(error)
        }
    }

    /// The decoded signature, or nil where it is not base64url.
    package func signature() -> ByteSlice? { jws != nil && hasSignature ? signatureBytes.all : nil }

    /// The header's algorithm where it is one of `allowed`, else nil.
    func algorithm(of allowed: [SignatureAlgorithm]) -> SignatureAlgorithm? {
        header?.signatureAlgorithm.flatMap { allowed.contains($0) ? $0 : nil }
    }

    /// The digest of what is signed, for the header's `algorithm`: taken once, whatever keys are tried; nil without a JWS.
    func digest(_ algorithm: SignatureAlgorithm, by verifier: SignatureVerifier) -> MessageDigest? {
        if let digest { return digest }
        digest = jws.map { verifier.digest(of: $0.signingInput, algorithm) }
        return digest
    }

    /// Takes the same digest, and returns the SHA-256 of the whole JWS, for which the signed bytes are hashed only once.
    func digestOfWhole(_ algorithm: SignatureAlgorithm, by verifier: SignatureVerifier) -> SHA256Digest? {
        guard let jws else { return nil }
        let both = verifier.digests(of: jws.signingInput, within: jws.whole, algorithm)
        digest = both.signed
        return both.whole
    }

    private func readSignature(_ framed: CompactJWS) {
        signatureBytes.removeAll()
        do throws(Base64Error) {
            try Base64URL.decode(framed.signature, into: signatureBytes)
            hasSignature = true
        } catch {
            hasSignature = false
        }
    }

    private func readHeader(_ framed: CompactJWS) {
        do throws(JSONDecodeError) {
            try headerDocument.parse(base64url: framed.header)
            if headerDocument.root.kind == .object { header = ProtectedHeader.read(headerDocument.root) }
        } catch {
            headerFault = error
        }
    }

    private func readClaims(_ framed: CompactJWS) {
        do throws(JSONDecodeError) {
            try document.parse(base64url: framed.payload)
            hasClaims = document.root.kind == .object
            if hasClaims { claims.read(document.root) }
        } catch {
            claimsFault = error
        }
    }
}
