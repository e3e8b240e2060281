import Crypto
import Encoding
import GRDB
import PKIX

/// The rows of `anchor_set`: every set of trust anchors that was ever in use, as PEM.
enum AnchorTable {
    static func keep(_ db: Database, _ anchors: TrustAnchors) throws {
        try Prepared.run(
            db,
            sql: "INSERT INTO anchor_set(digest, directory, qualified) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [Blob(anchors.digest.bytes), Blob(pem(anchors.directory)), Blob(pem(anchors.qualified))]
        )
    }

    static func isKept(_ db: Database, _ digest: SHA256Digest) throws -> Bool {
        let sql = "SELECT EXISTS (SELECT 1 FROM anchor_set WHERE digest = ?)"
        return try Prepared.value(Bool.self, db, sql: sql, arguments: [Blob(digest.bytes)]) ?? false
    }

    /// The anchors of a digest; nil where they were never kept.
    static func find(_ db: Database, _ digest: SHA256Digest) throws -> TrustAnchors? {
        let row = try Prepared.row(
            db,
            sql: "SELECT directory, qualified FROM anchor_set WHERE digest = ?",
            arguments: [Blob(digest.bytes)]
        )
        guard let row else { return nil }
        let qualified = (row[1] as Blob).bytes
        do throws(TrustFault) {
            let anchors = try TrustAnchors.load(
                [(row[0] as Blob).bytes],
                qualified: qualified.isEmpty ? [] : [qualified]
            )
            guard anchors.digest == digest else { throw .noAnchor }
            return anchors
        } catch {
            throw KeyStoreError.corrupt("kept trust anchors cannot be read")
        }
    }

    private static func pem(_ certificates: [Certificate]) -> [UInt8] {
        certificates.flatMap { Array(PEM.encode($0.der, label: "CERTIFICATE").utf8) }
    }
}
