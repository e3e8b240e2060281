import Encoding
import GRDB

/// What deferred requests wait for: the rows of `wanted`.
///
/// An empty kid stands for the whole set. `missed` is when the set was last seen to be without the kid, unchanged since.
enum WantedTable {
    /// How long a kid that was looked for in vain brings no fetch forward.
    static let missedTime: Int64 = 300
    /// How long a key nobody wants any more is remembered: longer than a month, for who carries key sets by hand.
    static let longest: Int64 = 35 * 86_400

    static func all(_ db: Database) throws -> [WantedKey] {
        try Prepared.rows(db, sql: "SELECT url, kid, since FROM wanted ORDER BY since, url, kid").map { row in
            let kid: String = row[1]
            return WantedKey(url: row[0], kid: kid.isEmpty ? nil : kid, since: row[2])
        }
    }

    static func count(_ db: Database) throws -> Int {
        try Prepared.value(Int.self, db, sql: "SELECT count(*) FROM wanted") ?? 0
    }

    /// When something of each URL was last wanted, less what was looked for in vain just before.
    static func latest(_ db: Database, at time: UnixTime) throws -> [String: UnixTime] {
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT url, max(since) FROM wanted WHERE missed IS NULL OR missed <= ?1 - ?2 OR missed > ?1 GROUP BY url
                """,
            arguments: [time, missedTime]
        )
        return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: max)
    }

    /// Whether anything of a URL is wanted.
    static func wants(_ db: Database, url: String) throws -> Bool {
        try Prepared.value(Bool.self, db, sql: "SELECT EXISTS (SELECT 1 FROM wanted WHERE url = ?)", arguments: [url])
            ?? false
    }

    /// Remembers what is wanted, moving `since` forward; returns how many rows gave way, those wanted least lately.
    static func add(_ db: Database, _ wanted: [WantedKey], limit: Int, perSource: Int) throws -> Int {
        var gone = 0
        var room = limit - (try count(db))
        var taken: [String: Int] = [:]
        for key in wanted.reversed() {
            // Of a flood for one source only the last ones are written at all.
            taken[key.url, default: 0] += 1
            guard taken[key.url, default: 0] <= perSource else {
                gone += 1
                continue
            }
            try Prepared.run(
                db,
                sql: "UPDATE wanted SET since = max(since, ?) WHERE url = ? AND kid = ?",
                arguments: [key.since, key.url, key.kid ?? ""]
            )
            if db.changesCount > 0 { continue }
            let evicted = try evict(db, key.url, perSource: perSource, isFull: room <= 0)
            try Prepared.run(
                db,
                sql: "INSERT INTO wanted(url, kid, since) VALUES (?, ?, ?)",
                arguments: [key.url, key.kid ?? "", key.since]
            )
            gone += evicted
            room += evicted - 1
        }
        return gone
    }

    /// Forgets what a set in use satisfies, the set itself and its kids, and notes of the rest since when it is missed.
    static func satisfy(_ db: Database, url: String, kids: [[UInt8]], missed time: UnixTime?) throws {
        for kid in [""] + kids.map({ String(decoding: $0, as: UTF8.self) }) {
            try Prepared.run(db, sql: "DELETE FROM wanted WHERE url = ? AND kid = ?", arguments: [url, kid])
        }
        try Prepared.run(db, sql: "UPDATE wanted SET missed = ? WHERE url = ?", arguments: [time, url])
    }

    static func forget(_ db: Database, _ key: WantedKey) throws {
        try Prepared.run(db, sql: "DELETE FROM wanted WHERE url = ? AND kid = ?", arguments: [key.url, key.kid ?? ""])
    }

    /// Forgets what was wanted too long ago.
    static func expire(_ db: Database, at time: UnixTime) throws {
        try Prepared.run(db, sql: "DELETE FROM wanted WHERE since < ?", arguments: [time - longest])
    }

    static func shift(_ db: Database, by seconds: Int64) throws {
        try Prepared.run(db, sql: "UPDATE wanted SET since = since + ?1, missed = missed + ?1", arguments: [seconds])
    }

    /// Makes room for one row; returns how many went.
    private static func evict(_ db: Database, _ url: String, perSource: Int, isFull: Bool) throws -> Int {
        let ofSource = try Prepared.value(
            Int.self,
            db,
            sql: "SELECT count(*) FROM wanted WHERE url = ?",
            arguments: [url]
        )
        if ofSource ?? 0 >= perSource {
            try Prepared.run(
                db,
                sql: """
                    DELETE FROM wanted WHERE url = ?1 AND kid =
                      (SELECT kid FROM wanted WHERE url = ?1 ORDER BY since, kid LIMIT 1)
                    """,
                arguments: [url]
            )
        } else if isFull {
            try Prepared.run(
                db,
                sql: """
                    DELETE FROM wanted WHERE (url, kid) = (SELECT url, kid FROM wanted ORDER BY since, url, kid LIMIT 1)
                    """
            )
        } else {
            return 0
        }
        return db.changesCount
    }
}
