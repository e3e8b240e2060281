import Crypto
import GRDB
import PKIX

/// The verdicts on certificates' paths that were replaced later, as they stood in a generation.
struct PastVettings {
    private let verdicts: [SHA256Digest: (anchors: SHA256Digest, record: ChainRecord)]

    /// Reads those in force in `generation`.
    init(_ db: Database, in generation: Int) throws {
        var verdicts: [SHA256Digest: (anchors: SHA256Digest, record: ChainRecord)] = [:]
        let columns = CertificateTable.recordColumns.replacing("vetting.", with: "")
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT certificate, anchors, min(generation_to), \(columns) FROM vetting_past WHERE generation_to > ?
                GROUP BY certificate
                """,
            arguments: [generation]
        )
        for row in rows {
            guard let certificate = SHA256Digest(bytes: (row[0] as Blob).bytes),
                let anchors = SHA256Digest(bytes: (row[1] as Blob).bytes)
            else { continue }
            verdicts[certificate] = (anchors, CertificateTable.record(row, from: 3))
        }
        self.verdicts = verdicts
    }

    /// Whether a certificate's path was good then; nil where the verdict is the same today.
    func isTrusted(_ certificate: SHA256Digest) -> Bool? { verdicts[certificate]?.record.isTrusted }

    /// A certificate with the verdict of then.
    func judged(_ listed: ListedCertificate) -> ListedCertificate {
        guard let past = verdicts[listed.fingerprint] else { return listed }
        return listed.judged(past.record, with: past.anchors)
    }
}
