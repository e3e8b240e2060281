package import Crypto
package import Encoding
import GRDB

/// The software statements seen, by (iss, jti): one seen again is worth a warning, not a refusal.
package struct StatementTable {
    private let insert: Prepared
    private let select: Prepared
    private let keys: KeyTable

    init(_ db: Database, _ keys: KeyTable) throws(LedgerError) {
        self.keys = keys
        insert = try Prepared("INSERT INTO statement (jti_key, first_seen_at) VALUES (?, ?)", db)
        select = try Prepared("SELECT first_seen_at FROM statement WHERE number = ? AND jti_key = ?", db)
    }

    /// Notes a statement; returns when it was first seen if that was before.
    package func note(_ jtiKey: SHA256Digest, at now: UnixTime) throws(LedgerError) -> UnixTime? {
        if let time = try firstSeen(jtiKey, in: keys.sealedNumbers(of: .statement(jtiKey))) { return time }
        try insert.run(.digest(jtiKey), .integer(now))
        return insert.changes == 1 ? nil : try firstSeen(jtiKey)
    }

    /// When a statement was first seen.
    package func firstSeen(_ jtiKey: SHA256Digest) throws(LedgerError) -> UnixTime? {
        try firstSeen(jtiKey, in: keys.numbers(of: .statement(jtiKey)))
    }

    private func firstSeen(_ jtiKey: SHA256Digest, in rows: [Int64]) throws(LedgerError) -> UnixTime? {
        for number in rows {
            if let time = try select.first(.integer(number), .digest(jtiKey), read: { $0.integer(0) }) { return time }
        }
        return nil
    }
}
