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
        /// Whether the store has another, reached with the same anchors.
        let isRevised: Bool
    }

    private let anchors: TrustAnchors
    /// Those reached and not written yet.
    private var reached: [SHA256Digest: Verdict] = [:]

    /// The digest of the anchors the verdicts are reached with.
    var digest: SHA256Digest { anchors.digest }

    init(_ anchors: TrustAnchors) { self.anchors = anchors }

    /// The verdict on a certificate that came with `extra` issuing ones.
    mutating func verdict(_ db: Database, on certificate: Certificate, extra: [[UInt8]]) throws -> Verdict {
        if let verdict = reached[certificate.fingerprint] { return verdict }
        let kept = try CertificateTable.verdict(db, on: certificate.fingerprint, with: anchors.digest)
        if let kept, kept.isTrusted { return Verdict(record: kept, isKept: true, isRevised: false) }
        let record = anchors.vet(certificate, extra: extra).chainRecord
        let verdict = Verdict(record: record, isKept: false, isRevised: kept.map { $0 != record } ?? false)
        if record.isTrusted { reached[certificate.fingerprint] = verdict }
        return verdict
    }
}
