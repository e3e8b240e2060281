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

    private let decoded = ByteBuffer(capacity: 16_384)
    private let unescaped = ByteBuffer(capacity: 16_384)
    private var strangers: [SHA256Digest: TransportCertificate] = [:]
    private var generation = -1
    private var anchors: SHA256Digest?
    private let strangerLimit = 1024

    func read(_ text: ByteSlice, now: UnixTime, trust: TrustView, verifier: SignatureVerifier) -> Reading {
        guard text.count <= 65_536 else { return .unreadable("the certificate chain is longer than 65,536 bytes") }
        let plain = text.firstIndex(of: UInt8(ascii: "%")) == nil ? text : unescape(text)
        decoded.removeAll()
        do throws(PEMError) {
            let leaf = try PEM.decodeFirstCertificate(plain, into: decoded)
            let fingerprint = verifier.sha256(leaf)
            if let known = trust.certificate(fingerprint) { return .certificate(known) }
            let chain = try PEM.certificates(in: plain)
            // What came along can make the difference: it is part of what is remembered.
            let name = chain.count > 1 ? verifier.sha256(plain) : fingerprint
            return stranger(name, leaf: leaf.bytes, chain: chain, now, trust)
        } catch {
            return derReading(plain, now, trust, verifier) ?? .unreadable("it is neither PEM nor base64 DER: \(error)")
        }
    }

    private func derReading(_ text: ByteSlice, _ now: UnixTime, _ trust: TrustView, _ verifier: SignatureVerifier)
        -> Reading?
    {
        decoded.removeAll()
        do throws(Base64Error) {
            let trimmed = text.trimmedASCIIWhitespace
            guard trimmed.count > 0, trimmed[0] == UInt8(ascii: "M") else { return nil }
            try Base64.decode(trimmed, into: decoded)
        } catch {
            return nil
        }
        let fingerprint = verifier.sha256(decoded.all)
        if let known = trust.certificate(fingerprint) { return .certificate(known) }
        return stranger(fingerprint, leaf: decoded.all.bytes, chain: [], now, trust)
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
