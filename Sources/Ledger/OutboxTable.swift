import GRDB

/// The results committed and how far they are published.
///
/// Publishing moves by whole groups, so one number says what is visible: marking a group changes one row.
package struct OutboxTable {
    private let insert: Prepared
    private let waiting: Prepared
    private let lose: Prepared
    private let find: Prepared
    private let lost: Prepared
    private let mark: Prepared
    private let marked: Prepared
    private let since: Prepared
    private let ofGroup: Prepared

    init(_ db: Database) throws(LedgerError) {
        insert = try Prepared("INSERT INTO outbox (group_number, staged, result, sha256) VALUES (?, ?, ?, ?)", db)
        let columns = "SELECT number, group_number, staged, result, sha256 FROM outbox"
        waiting = try Prepared(
            """
            \(columns) INDEXED BY outbox_group WHERE lost = 0 AND group_number > CAST(
              (SELECT value FROM meta WHERE name = 'published_through') AS INTEGER)
            ORDER BY number
            """,
            db
        )
        lose = try Prepared("UPDATE outbox SET lost = 1 WHERE number = ?", db)
        find = try Prepared("UPDATE outbox SET lost = 0 WHERE number = ?", db)
        lost = try Prepared("\(columns) WHERE lost = 1 ORDER BY number", db)
        // What later groups added lies behind all that earlier ones did.
        since = try Prepared(
            """
            \(columns) WHERE number >= max(?1 + 1,
              (SELECT number FROM outbox WHERE group_number > ?2 ORDER BY group_number, number LIMIT 1))
            ORDER BY number LIMIT ?3
            """,
            db
        )
        ofGroup = try Prepared(
            "SELECT result FROM outbox WHERE group_number IN (SELECT number FROM work_group WHERE name = ?)",
            db
        )
        mark = try Prepared(
            """
            UPDATE meta SET value = CAST(max(CAST(value AS INTEGER),
              min(?, (SELECT coalesce(max(number), 0) FROM work_group))) AS TEXT)
            WHERE name = 'published_through'
            """,
            db
        )
        marked = try Prepared("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'published_through'", db)
    }

    /// The results committed and not yet marked published, in the order they were added.
    package func pendingResults() throws(LedgerError) -> [OutboxEntry] {
        try waiting.all { Self.entry($0) }
    }

    /// The results of groups behind a group, in the order they were added, from behind one of them, at most `limit`.
    package func results(
        afterGroup group: Int64,
        behind number: Int64,
        limit: Int
    ) throws(LedgerError) -> [OutboxEntry] {
        try since.all(.integer(number), .integer(group), .integer(limit)) { Self.entry($0) }
    }

    /// The paths of all results committed under a group's name.
    package func resultNames(ofGroup name: String) throws(LedgerError) -> [String] {
        try ofGroup.all(.text(name)) { $0.text(0) }
    }

    /// The results whose bytes were found nowhere: an operator must decide.
    package func lostResults() throws(LedgerError) -> [OutboxEntry] {
        try lost.all { Self.entry($0) }
    }

    /// The last group whose results are all published.
    package func publishedThrough() throws(LedgerError) -> Int64 {
        try marked.first { $0.integer(0) } ?? 0
    }

    /// Whether the results of every group before `group` are marked as published.
    package func isPublished(before group: Int64) throws(LedgerError) -> Bool { try publishedThrough() >= group - 1 }

    /// Marks the results of every group up to and including `group` as published, of committed groups only: what a group
    /// adds itself is never published before its end.
    package func markPublished(upTo group: Int64) throws(LedgerError) {
        try mark.run(.integer(group))
    }

    /// Marks a result whose bytes are neither in staging nor in results; it is never made again by itself.
    package func markLost(_ number: Int64) throws(LedgerError) {
        try lose.run(.integer(number))
        guard lose.changes == 1 else { throw .missing("result \(number)") }
    }

    /// Takes back that a result is lost, because its bytes are in their place.
    package func markFound(_ number: Int64) throws(LedgerError) {
        try find.run(.integer(number))
        guard find.changes == 1 else { throw .missing("result \(number)") }
    }

    func add(_ entry: OutboxEntry, group: Int64) throws(LedgerError) {
        try insert.run(.integer(group), .text(entry.stagedName), .text(entry.resultName), .digest(entry.sha256))
    }

    private static func entry(_ row: Prepared) -> OutboxEntry {
        var entry = OutboxEntry(stagedName: row.text(2), resultName: row.text(3), sha256: row.digest(4))
        entry.number = row.integer(0)
        entry.group = row.integer(1)
        return entry
    }
}
