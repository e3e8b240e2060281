import Encoding
import GRDB

/// What deferred requests wait for: the rows of `wanted`.
///
/// An empty kid stands for the whole set.
enum WantedTable {
    static func all(_ db: Database) throws -> [WantedKey] {
        try Prepared.rows(db, sql: "SELECT url, kid, since FROM wanted ORDER BY since, url, kid").map { row in
            let kid: String = row[1]
            return WantedKey(url: row[0], kid: kid.isEmpty ? nil : kid, since: row[2])
        }
    }

    static func count(_ db: Database) throws -> Int {
        try Prepared.value(Int.self, db, sql: "SELECT count(*) FROM wanted") ?? 0
    }

    /// Whether anything of a URL is wanted.
    static func wants(_ db: Database, url: String) throws -> Bool {
        try Prepared.value(Bool.self, db, sql: "SELECT EXISTS (SELECT 1 FROM wanted WHERE url = ?)", arguments: [url])
            ?? false
    }

    /// Remembers what is wanted while there is room, moving `since` forward; returns how many were left out.
    static func add(_ db: Database, _ wanted: [WantedKey], limit: Int) throws -> Int {
        var room = limit - (try count(db))
        var refused = 0
        for key in wanted {
            try Prepared.run(
                db,
                sql: "UPDATE wanted SET since = max(since, ?) WHERE url = ? AND kid = ?",
                arguments: [key.since, key.url, key.kid ?? ""]
            )
            if db.changesCount > 0 { continue }
            guard room > 0 else {
                refused += 1
                continue
            }
            try Prepared.run(
                db,
                sql: "INSERT INTO wanted(url, kid, since) VALUES (?, ?, ?)",
                arguments: [key.url, key.kid ?? "", key.since]
            )
            room -= 1
        }
        return refused
    }

    /// Forgets what an accepted set satisfies: the set itself, and its kids.
    static func satisfy(_ db: Database, url: String, kids: [[UInt8]]) throws {
        for kid in [""] + kids.map({ String(decoding: $0, as: UTF8.self) }) {
            try Prepared.run(db, sql: "DELETE FROM wanted WHERE url = ? AND kid = ?", arguments: [url, kid])
        }
    }

    static func forget(_ db: Database, _ key: WantedKey) throws {
        try Prepared.run(db, sql: "DELETE FROM wanted WHERE url = ? AND kid = ?", arguments: [key.url, key.kid ?? ""])
    }
}
