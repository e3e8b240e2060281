import GRDB

/// Numbers that only grow, kept between runs for whoever monitors the cache: rows of `meta`, apart by their prefix.
enum CounterTable {
    private static let counter = "count "
    private static let event = "event "
    private static let seen = "events_counted_through"

    /// Adds to counters; one that is new begins at zero.
    static func add(_ db: Database, _ counted: [(name: String, number: Int64)]) throws {
        for row in counted { try add(db, counter + row.name, row.number) }
    }

    /// Counts the events that came since the last time, so that none is counted twice and no reader counts them all.
    static func followEvents(_ db: Database) throws {
        let sql = "SELECT value FROM meta WHERE name = ?"
        let before = try Prepared.value(Int64.self, db, sql: sql, arguments: [seen]) ?? 0
        let last = try Prepared.value(Int64.self, db, sql: "SELECT max(seq) FROM event") ?? 0
        guard last > before else { return }
        let rows = try Prepared.rows(
            db,
            sql: "SELECT kind, count(*) FROM event WHERE seq > ? AND seq <= ? GROUP BY kind",
            arguments: [before, last]
        )
        for row in rows { try add(db, event + (row[0] as String), row[1]) }
        try add(db, seen, last - before)
    }

    /// The counters by name.
    static func all(_ db: Database) throws -> [(name: String, number: Int64)] {
        try rows(db, counter).map { (name: $0.0, number: $0.1) }
    }

    /// The counts of events by kind.
    static func events(_ db: Database) throws -> [(kind: String, number: Int64)] {
        try rows(db, event).map { (kind: $0.0, number: $0.1) }
    }

    private static func add(_ db: Database, _ name: String, _ number: Int64) throws {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO meta(name, value) VALUES (?, ?)
                ON CONFLICT(name) DO UPDATE SET value = value + excluded.value
                """,
            arguments: [name, number]
        )
    }

    /// The rows whose names begin with a prefix, without it; a range of the primary key.
    private static func rows(_ db: Database, _ prefix: String) throws -> [(String, Int64)] {
        try Prepared.rows(
            db,
            sql: "SELECT substr(name, length(?1) + 1), value FROM meta WHERE name >= ?1 AND name < ?1 || char(1114111)",
            arguments: [prefix]
        )
        .map { ($0[0], $0[1]) }
    }
}
