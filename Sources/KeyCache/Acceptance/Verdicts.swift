import Crypto
import GRDB
import PKIX

/// The verdicts on certificates' paths, each proven once: a software's certificate is in its organisation's set too, and
/// most of a set's certificates were in the set before.
///
/// Only a trusted verdict is taken over. Another may have lacked an issuer that comes along this time.
struct Verdicts {
    /// A verdict, and whether the store has it.
    struct Verdict {
        let record: ChainRecord
        let isKept: Bool
    }

    private let anchors: TrustAnchors
    /// Those reached and not written yet.
    private var reached: [SHA256Digest: ChainRecord] = [:]

    /// The digest of the anchors the verdicts are reached with.
    var digest: SHA256Digest { anchors.digest }

    init(_ anchors: TrustAnchors) { self.anchors = anchors }

    /// The verdict on a certificate that came with `extra` issuing ones.
    mutating func verdict(_ db: Database, on certificate: Certificate, extra: [[UInt8]]) throws -> Verdict {
        if let record = reached[certificate.fingerprint] { return Verdict(record: record, isKept: false) }
        let kept = try CertificateTable.verdict(db, on: certificate.fingerprint, with: anchors.digest)
        if let kept, kept.isTrusted { return Verdict(record: kept, isKept: true) }
        let record = anchors.vet(certificate, extra: extra).chainRecord
        if record.isTrusted { reached[certificate.fingerprint] = record }
        return Verdict(record: record, isKept: false)
    }
}
