package import Crypto
package import Encoding
import GRDB

/// The software statements seen, by (iss, jti): one seen again is worth a warning, not a refusal.
package struct StatementTable {
    private let insert: Prepared
    private let select: Prepared

    init(_ db: Database) throws(LedgerError) {
        insert = try Prepared("INSERT INTO statement (jti_key, first_seen_at) VALUES (?, ?) ON CONFLICT DO NOTHING", db)
        select = try Prepared("SELECT first_seen_at FROM statement WHERE jti_key = ?", db)
    }

    /// Notes a statement; returns when it was first seen if that was before.
    package func note(_ jtiKey: SHA256Digest, at now: UnixTime) throws(LedgerError) -> UnixTime? {
        try insert.run(.digest(jtiKey), .integer(now))
        return insert.changes == 1 ? nil : try firstSeen(jtiKey)
    }

    /// When a statement was first seen.
    package func firstSeen(_ jtiKey: SHA256Digest) throws(LedgerError) -> UnixTime? {
        try select.first(.digest(jtiKey)) { $0.integer(0) }
    }
}
