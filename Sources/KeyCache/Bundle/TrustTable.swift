import Crypto
import Encoding
import GRDB

/// The rows of `trust`.
enum TrustTable {
    /// All of them, each role in the order of its versions.
    static func all(_ db: Database) throws -> [TrustRow] {
        try Prepared.rows(db, sql: "SELECT role, version, sha256, json FROM trust ORDER BY role, version").map { row in
            guard let role = TrustRow.Role(rawValue: row[0]), let digest = SHA256Digest(bytes: (row[2] as Blob).bytes)
            else { throw KeyStoreError.corrupt("what is trusted of bundles cannot be read") }
            return TrustRow(role, version: row[1], sha256: digest, json: (row[3] as Blob?)?.bytes ?? [])
        }
    }

    /// Puts a role's metadata in the place of what was trusted; roots are kept beside those before.
    static func keep(_ db: Database, _ row: TrustRow, at time: UnixTime) throws {
        if row.role != .root { try forget(db, row.role) }
        try Prepared.run(
            db,
            sql: "INSERT OR REPLACE INTO trust(role, version, sha256, json, at) VALUES (?, ?, ?, ?, ?)",
            arguments: [row.role.rawValue, row.version, Blob(row.sha256.bytes), Blob(row.json), time]
        )
    }

    static func forget(_ db: Database, _ role: TrustRow.Role) throws {
        try Prepared.run(db, sql: "DELETE FROM trust WHERE role = ?", arguments: [role.rawValue])
    }
}
