package import Crypto
package import Encoding
import GRDB
import OpenBanking

/// The requests that wait for keys.
package struct DeferredTable {
    private let insert: Prepared
    private let want: Prepared
    private let unwant: Prepared
    private let delete: Prepared
    private let one: Prepared
    private let number: Prepared
    private let early: Prepared
    private let wantedBy: Prepared

    init(_ db: Database) throws(LedgerError) {
        insert = try Prepared(
            """
            INSERT INTO deferred
              (request_sha256, file, stem, line, first_deferred_at, next_try_at, attempts, reason, mode)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (request_sha256) DO UPDATE SET
              file = excluded.file, next_try_at = excluded.next_try_at, attempts = excluded.attempts,
              reason = excluded.reason
            """,
            db
        )
        want = try Prepared(
            """
            INSERT INTO wanted (request_sha256, position, url, kind, kid, org_id, software_id)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            db
        )
        unwant = try Prepared("DELETE FROM wanted WHERE request_sha256 = ?", db)
        delete = try Prepared("DELETE FROM deferred WHERE request_sha256 = ?", db)
        let columns = """
            SELECT request_sha256, file, stem, line, first_deferred_at, next_try_at, attempts, reason, mode
            FROM deferred
            """
        number = try Prepared("SELECT count(*) FROM deferred", db)
        one = try Prepared("\(columns) WHERE request_sha256 = ?", db)
        early = try Prepared("\(columns) WHERE next_try_at <= ? ORDER BY next_try_at, request_sha256 LIMIT ?", db)
        let wanted = "SELECT url, kind, kid, org_id, software_id FROM wanted"
        wantedBy = try Prepared("\(wanted) WHERE request_sha256 = ? ORDER BY position", db)
    }

    private static let migration = "migration"

    /// Writes down that a request waits; one that waits already keeps its origin and its first time.
    package func put(_ entry: DeferredEntry) throws(LedgerError) {
        try insert.run(
            .digest(entry.requestSHA256),
            .text(entry.fileName),
            .text(entry.originStem),
            .integer(entry.line),
            .integer(entry.firstDeferredAt),
            .integer(entry.nextTryAt),
            .integer(entry.attempts),
            .text(entry.reason),
            .text(entry.isMigration ? Self.migration : "ordinary")
        )
        try unwant.run(.digest(entry.requestSHA256))
        for (position, key) in entry.wanted.enumerated() {
            try want.run(
                .digest(entry.requestSHA256),
                .integer(position),
                .text(key.url),
                .text(key.kind.rawValue),
                .text(key.keyID),
                .text(key.organisationID),
                .text(key.softwareID)
            )
        }
    }

    /// The entry of one request.
    package func find(_ requestSHA256: SHA256Digest) throws(LedgerError) -> DeferredEntry? {
        guard var entry = try one.first(.digest(requestSHA256), read: { Self.entry($0) }) else { return nil }
        entry.wanted = try wanted(by: requestSHA256)
        return entry
    }

    /// The requests to try again by `time`, those due longest first.
    package func due(at time: UnixTime, limit: Int = 1_024) throws(LedgerError) -> [DeferredEntry] {
        var entries = try early.all(.integer(time), .integer(limit)) { Self.entry($0) }
        for position in entries.indices {
            entries[position].wanted = try wanted(by: entries[position].requestSHA256)
        }
        return entries
    }

    /// How many requests wait.
    package func count() throws(LedgerError) -> Int { try number.first { Int($0.integer(0)) } ?? 0 }

    /// Every request that waits, those due first before the others.
    package func allDeferred() throws(LedgerError) -> [DeferredEntry] {
        try due(at: .max, limit: .max)
    }

    /// Forgets a request that waited: it was decided, or given up.
    package func remove(_ requestSHA256: SHA256Digest) throws(LedgerError) {
        try delete.run(.digest(requestSHA256))
    }

    private func wanted(by requestSHA256: SHA256Digest) throws(LedgerError) -> [WantedKey] {
        try wantedBy.all(.digest(requestSHA256)) { Self.wantedKey($0) }.compactMap { $0 }
    }

    private static func wantedKey(_ row: Prepared) -> WantedKey? {
        WantedKey.Kind(rawValue: row.text(1)).map {
            WantedKey(
                url: row.text(0),
                kind: $0,
                keyID: row.optionalText(2),
                organisationID: row.optionalText(3),
                softwareID: row.optionalText(4)
            )
        }
    }

    private static func entry(_ row: Prepared) -> DeferredEntry {
        var entry = DeferredEntry(
            requestSHA256: row.digest(0),
            fileName: row.text(1),
            originStem: row.text(2),
            line: row.optionalInteger(3).map { Int($0) },
            firstDeferredAt: row.integer(4),
            nextTryAt: row.integer(5),
            attempts: Int(row.integer(6)),
            reason: row.text(7),
            wanted: []
        )
        entry.isMigration = row.text(8) == migration
        return entry
    }
}
