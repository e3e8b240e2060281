import Crypto

/// The certificates of a snapshot by their fingerprints.
struct KnownCertificates: Sendable {
    private let index: DigestIndex
    private let known: [KnownCertificate]

    init(_ certificates: [SHA256Digest: KnownCertificate]) {
        index = DigestIndex(certificates.keys)
        known = Array(certificates.values)
    }

    var count: Int { known.count }

    subscript(_ fingerprint: SHA256Digest) -> KnownCertificate? {
        index.position(of: fingerprint).map { known[$0] }
    }
}
