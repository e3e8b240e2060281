import Crypto
import Encoding
import PKIX

/// Reads the presented certificate: PEM, a PEM with URL-encoded characters, or base64 DER (rule R-114).
///
/// A certificate that a key set lists was vetted when it was fetched and costs one hash and one look-up here. Others are
/// vetted on the spot and remembered, up to a bound, for as long as the snapshot and its anchors stay the same.
final class CertificateReader {
    enum Reading {
        case certificate(TransportCertificate)
        case unreadable(String)
    }

    /// What was decoded last, as slices of the buffers below.
    private enum Presented {
        /// A PEM with the certificate first, and perhaps its chain.
        case chain(ByteSlice, leaf: ByteSlice, SHA256Digest)
        /// Base64 DER.
        case alone(ByteSlice, SHA256Digest)
        case nothing(String)
    }

    private var presented = Presented.nothing("none was given")
    private let decoded = ByteBuffer(capacity: 16_384)
    private let unescaped = ByteBuffer(capacity: 16_384)
    private var strangers: [SHA256Digest: TransportCertificate] = [:]
    private var generation = -1
    private var anchors: SHA256Digest?
    private let strangerLimit = 1024

    /// Decodes the certificate in `text`, for `find`; returns the SHA-256 of its DER, nil where none can be read.
    func decode(_ text: ByteSlice, by verifier: SignatureVerifier) -> SHA256Digest? {
        guard text.count <= 65_536 else {
            presented = .nothing("the certificate chain is longer than 65,536 bytes")
            return nil
        }
        let plain = text.firstIndex(of: UInt8(ascii: "%")) == nil ? text : unescape(text)
        decoded.removeAll()
        do throws(PEMError) {
            let leaf = try PEM.decodeFirstCertificate(plain, into: decoded)
            let fingerprint = verifier.sha256(leaf)
            presented = .chain(plain, leaf: leaf, fingerprint)
            return fingerprint
        } catch {
            guard let der = decodeDER(plain) else {
                presented = .nothing(Self.unreadable(error))
                return nil
            }
            let fingerprint = verifier.sha256(der)
            presented = .alone(der, fingerprint)
            return fingerprint
        }
    }

    /// Finds what was decoded among the certificates known, or vets it.
    func find(now: UnixTime, trust: TrustView, verifier: SignatureVerifier) -> Reading {
        switch presented {
        case .nothing(let why): return .unreadable(why)
        case .alone(let der, let fingerprint):
            if let known = trust.certificate(fingerprint) { return .certificate(known) }
            return stranger(fingerprint, leaf: der.bytes, chain: [], now, trust)
        case .chain(let text, let leaf, let fingerprint):
            if let known = trust.certificate(fingerprint) { return .certificate(known) }
            do throws(PEMError) {
                let chain = try PEM.certificates(in: text)
                // What came along can make the difference: it is part of what is remembered.
                let name = chain.count > 1 ? verifier.sha256(text) : fingerprint
                return stranger(name, leaf: leaf.bytes, chain: chain, now, trust)
            } catch {
                return .unreadable(Self.unreadable(error))
            }
        }
    }

    private static func unreadable(_ error: PEMError) -> String { "it is neither PEM nor base64 DER: \(error)" }

    private func decodeDER(_ text: ByteSlice) -> ByteSlice? {
        decoded.removeAll()
        do throws(Base64Error) {
            let trimmed = text.trimmedASCIIWhitespace
            guard trimmed.count > 0, trimmed[0] == UInt8(ascii: "M") else { return nil }
            try Base64.decode(trimmed, into: decoded)
            return decoded.all
        } catch {
            return nil
        }
    }

    private func stranger(
        _ name: SHA256Digest,
        leaf: [UInt8],
        chain: [[UInt8]],
        _ now: UnixTime,
        _ trust: TrustView
    ) -> Reading {
        if generation != trust.generation || anchors != trust.anchors || strangers.count >= strangerLimit {
            strangers.removeAll(keepingCapacity: true)
            (generation, anchors) = (trust.generation, trust.anchors)
        }
        if let known = strangers[name] { return .certificate(known) }
        guard chain.count <= 5 else {
            return .unreadable("it comes with \(chain.count) certificates; at most 5 are read")
        }
        guard let vetted = trust.vet(leaf, Array(chain.dropFirst()), now) else {
            return .unreadable("its DER is not a certificate")
        }
        strangers[name] = vetted
        return .certificate(vetted)
    }

    private func unescape(_ text: ByteSlice) -> ByteSlice {
        unescaped.removeAll()
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "%"), index + 2 < text.count, let high = Hex.value(of: text[index + 1]),
                let low = Hex.value(of: text[index + 2])
            {
                unescaped.append(high << 4 | low)
                index += 3
            } else {
                unescaped.append(byte)
                index += 1
            }
        }
        return unescaped.all
    }
}
