import Encoding
import GRDB

/// The rows of `body`: what was received, byte for byte, by its digest.
enum BodyTable {
    static func keep(_ db: Database, _ bytes: [UInt8], digest: [UInt8], at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: "INSERT INTO body(sha256, bytes, first_seen) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [Blob(digest), Blob(bytes), time]
        )
    }

    /// Forgets a body nobody refers to: a list that was replaced, which may be large and comes often.
    static func forget(_ db: Database, digest: [UInt8]) throws {
        try Prepared.run(
            db,
            sql: """
                DELETE FROM body WHERE sha256 = ?1
                AND NOT EXISTS (SELECT 1 FROM source WHERE source.body = ?1)
                AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.body = ?1)
                AND NOT EXISTS (
                  SELECT 1 FROM revocation_list AS list WHERE list.body = ?1 AND list.recorded_to IS NULL)
                """,
            arguments: [Blob(digest)]
        )
    }

    static func bytes(_ db: Database, digest: [UInt8]) throws -> [UInt8]? {
        try Prepared.value(Blob.self, db, sql: "SELECT bytes FROM body WHERE sha256 = ?", arguments: [Blob(digest)])?
            .bytes
    }
}
