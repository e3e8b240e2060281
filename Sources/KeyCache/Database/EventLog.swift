import Crypto
import Encoding
import GRDB

/// The rows of `event`: each carries the digest of itself and of the one before, so that none can be lost unseen.
enum EventLog {
    /// Adds an event in the caller's transaction; `data` is a JSON object.
    static func append(_ db: Database, _ kind: EventKind, source: Int64?, at time: UnixTime, data: String) throws {
        let last = try Prepared.row(db, sql: "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1")
        let seq = (last?[0] as Int64? ?? 0) + 1
        let previous = (last?[1] as Blob?)?.bytes ?? []
        let hash = digest(seq: seq, at: time, kind: kind.rawValue, source: source, data: data, previous: previous)
        try Prepared.run(
            db,
            sql: "INSERT INTO event(seq, at, kind, source_id, data, hash) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [seq, time, kind.rawValue, source, data, Blob(hash)]
        )
    }

    /// The newest events, oldest first.
    static func latest(_ db: Database, limit: Int) throws -> [CacheEvent] {
        try Prepared.rows(
            db,
            sql: "SELECT seq, at, kind, source_id, data FROM event ORDER BY seq DESC LIMIT ?",
            arguments: [limit]
        )
        .map { CacheEvent(seq: $0[0], at: $0[1], kind: $0[2], sourceID: $0[3], data: $0[4]) }
        .reversed()
    }

    /// The events after one of them, oldest first.
    static func entries(_ db: Database, after seq: Int64, limit: Int) throws -> [CacheEvent] {
        try Prepared.rows(
            db,
            sql: "SELECT seq, at, kind, source_id, data FROM event WHERE seq > ? ORDER BY seq LIMIT ?",
            arguments: [seq, limit]
        )
        .map { CacheEvent(seq: $0[0], at: $0[1], kind: $0[2], sourceID: $0[3], data: $0[4]) }
    }

    /// The events of bundles from one of them on, that one included, oldest first.
    static func ofBundles(_ db: Database, from seq: Int64, limit: Int) throws -> [CacheEvent] {
        try Prepared.rows(
            db,
            sql: """
                SELECT seq, at, kind, source_id, data FROM event
                WHERE seq >= ? AND kind IN (\(SchemaOfBundles.kinds)) ORDER BY seq LIMIT ?
                """,
            arguments: [seq, limit]
        )
        .map { CacheEvent(seq: $0[0], at: $0[1], kind: $0[2], sourceID: $0[3], data: $0[4]) }
    }

    /// The first event that does not follow from the one before, or nil when the chain is whole.
    static func firstBreak(_ db: Database) throws -> Int64? {
        var previous: [UInt8] = []
        var expected: Int64 = 1
        let rows = try Row.fetchCursor(db, sql: "SELECT seq, at, kind, source_id, data, hash FROM event ORDER BY seq")
        while let row = try rows.next() {
            let seq: Int64 = row[0]
            let stored = (row[5] as Blob?)?.bytes ?? []
            let hash = digest(seq: seq, at: row[1], kind: row[2], source: row[3], data: row[4], previous: previous)
            guard seq == expected, hash == stored else { return expected }
            previous = stored
            expected += 1
        }
        return nil
    }

    /// The digest an event carries, which depends on that of the one before.
    static func digest(
        seq: Int64,
        at time: UnixTime,
        kind: String,
        source: Int64?,
        data: String,
        previous: [UInt8]
    ) -> [UInt8] {
        // Every field but the last is of known length or has no line feed, so no two events have the same text.
        let head = "\(Hex.encode(previous))\n\(seq)\n\(time)\n\(kind)\n\(source.map(String.init) ?? "-")\n"
        return SHA256Digest.of(Array((head + data).utf8)).bytes
    }
}
