import Crypto
import Encoding
import GRDB
import PKIX

/// The rows of `certificate` and `vetting`: a certificate as received, and the verdict on its path.
enum CertificateTable {
    static func keep(_ db: Database, _ certificate: Certificate) throws {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO certificate(sha256, der, spki_sha256, issuer, serial, not_before, not_after)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
            arguments: [
                Blob(certificate.fingerprint.bytes), Blob(certificate.der),
                Blob(SHA256Digest.of(certificate.spki).bytes),
                Blob(certificate.issuerDER), Blob(certificate.serial), certificate.notBefore, certificate.notAfter,
            ]
        )
    }

    /// A certificate by what a revocation list names.
    struct Issued {
        let fingerprint: [UInt8]
        let serial: [UInt8]
        let spki: [UInt8]
    }

    /// The certificates of an issuer, by its encoded name.
    static func issued(_ db: Database, by issuer: [UInt8]) throws -> [Issued] {
        try Prepared.rows(
            db,
            sql: "SELECT sha256, serial, spki_sha256 FROM certificate WHERE issuer = ?",
            arguments: [Blob(issuer)]
        )
        .map { Issued(fingerprint: ($0[0] as Blob).bytes, serial: ($0[1] as Blob).bytes, spki: ($0[2] as Blob).bytes) }
    }

    static func der(_ db: Database, _ fingerprint: [UInt8]) throws -> [UInt8]? {
        try Prepared.value(
            Blob.self,
            db,
            sql: "SELECT der FROM certificate WHERE sha256 = ?",
            arguments: [Blob(fingerprint)]
        )?
        .bytes
    }

    /// The verdict reached with some anchors, nil where there is none.
    static func verdict(_ db: Database, on fingerprint: SHA256Digest, with anchors: SHA256Digest) throws -> ChainRecord?
    {
        try Prepared.row(
            db,
            sql: "SELECT \(recordColumns) FROM vetting WHERE certificate = ? AND anchors = ?",
            arguments: [Blob(fingerprint.bytes), Blob(anchors.bytes)]
        )
        .map { record($0, from: 0) }
    }

    /// Certificates whose verdict was reached with other anchors.
    static func vettedOtherwise(_ db: Database, than anchors: SHA256Digest) throws -> [[UInt8]] {
        try Blob.fetchAll(
            db,
            sql: """
                SELECT der FROM certificate JOIN vetting ON vetting.certificate = certificate.sha256
                WHERE vetting.anchors <> ?
                """,
            arguments: [Blob(anchors.bytes)]
        )
        .map(\.bytes)
    }

    /// Keeps a verdict in place of any earlier one, which goes to the verdicts of the past.
    static func vet(
        _ db: Database,
        _ certificate: SHA256Digest,
        _ record: ChainRecord,
        _ anchors: SHA256Digest,
        at time: UnixTime
    ) throws {
        let columns = "anchors, \(recordColumns.replacing("vetting.", with: ""))"
        try Prepared.run(
            db,
            sql: """
                INSERT OR IGNORE INTO vetting_past(certificate, generation_to, \(columns))
                SELECT certificate, (SELECT value + 1 FROM meta WHERE name = 'generation'), \(columns)
                FROM vetting WHERE certificate = ?
                """,
            arguments: [Blob(certificate.bytes)]
        )
        try Prepared.run(
            db,
            sql: """
                INSERT OR REPLACE INTO vetting(certificate, anchors, vetted_at, is_trusted, issued_by_directory,
                  fault_code, fault_text, fault_depth, not_before, not_after, issuers)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Blob(certificate.bytes), Blob(anchors.bytes), time, record.isTrusted, record.issuedByDirectory,
                record.faultCode, record.faultText, record.faultDepth, record.notBefore, record.notAfter,
                Blob(record.issuers.flatMap(\.bytes)),
            ]
        )
    }

    /// The columns `record(_:from:)` reads.
    static let recordColumns = """
        vetting.is_trusted, vetting.issued_by_directory, vetting.fault_code, vetting.fault_text, vetting.fault_depth,
        vetting.not_before, vetting.not_after, vetting.issuers
        """

    /// Reads a verdict from `recordColumns`, which start at `first`.
    static func record(_ row: Row, from first: Int) -> ChainRecord {
        ChainRecord(
            isTrusted: row[first],
            issuedByDirectory: row[first + 1],
            faultCode: row[first + 2],
            faultText: row[first + 3],
            faultDepth: row[first + 4],
            notBefore: row[first + 5],
            notAfter: row[first + 6],
            issuers: digests((row[first + 7] as Blob).bytes)
        )
    }

    /// The digests that stand one behind the other in a column.
    static func digests(_ bytes: [UInt8]) -> [SHA256Digest] {
        stride(from: 0, to: bytes.count - 31, by: 32).compactMap { SHA256Digest(bytes: Array(bytes[$0..<$0 + 32])) }
    }
}
