import Crypto
import Encoding
import PKIX

/// The certificates of a snapshot by their fingerprints.
struct KnownCertificates: Sendable {
    private let index: DigestIndex
    private let known: [KnownCertificate]
    private let made: MadeCertificates

    init(_ certificates: [SHA256Digest: KnownCertificate]) {
        index = DigestIndex(certificates.keys)
        known = Array(certificates.values)
        made = MadeCertificates(count: certificates.count)
    }

    var count: Int { known.count }

    /// Where each of them lies.
    var places: [UInt] { known.map { Foresight.address(of: $0) } }

    subscript(_ fingerprint: SHA256Digest) -> KnownCertificate? {
        index.position(of: fingerprint).map { known[$0] }
    }

    /// Everything that can be known of a certificate before a request arrives; nil for one that is not among them, or
    /// cannot be read any more.
    func transport(_ fingerprint: SHA256Digest) -> TransportCertificate? {
        guard let position = index.position(of: fingerprint) else { return nil }
        if let certificate = made.certificate(at: position) { return certificate }
        guard let certificate = known[position].transport else { return nil }
        made.note(certificate, at: position)
        return certificate
    }

    /// Has the processor bring near where a look-up of `fingerprint` begins.
    func approach(_ fingerprint: SHA256Digest) { index.approach(fingerprint) }

    /// Has it bring near the place that look-up leads to.
    func foreseePlace(of fingerprint: SHA256Digest) {
        if let position = index.position(of: fingerprint) { made.foreseePlace(position) }
    }

    /// Has it bring near what the look-up will find.
    func foresee(_ fingerprint: SHA256Digest) {
        if let position = index.position(of: fingerprint) { made.foresee(position) }
    }
}
