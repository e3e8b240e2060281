import Encoding
import GRDB

/// The rows of `hold`: at most one open one per source.
enum HoldTable {
    /// How a hold ended.
    enum Decision: String {
        case accepted, rejected
        /// The source went back to what it published before, or on to something else.
        case withdrawn
        /// It was seen often enough, for long enough.
        case confirmed
    }

    static func open(_ db: Database) throws -> [Hold] {
        try fetch(db, where: "decision IS NULL", [])
    }

    static func open(_ db: Database, source: Int64) throws -> Hold? {
        try fetch(db, where: "decision IS NULL AND source_id = ?", [source]).first
    }

    static func open(_ db: Database, id: Int64) throws -> Hold {
        guard let hold = try fetch(db, where: "decision IS NULL AND hold.id = ?", [id]).first else {
            throw KeyStoreError.unknownHold(id)
        }
        return hold
    }

    /// Whether an operator said no to this very body, and has not said otherwise since.
    static func wasRejected(_ db: Database, source: Int64, body: [UInt8]) throws -> Bool {
        let last = try Prepared.value(
            String.self,
            db,
            sql:
                "SELECT decision FROM hold WHERE source_id = ? AND body = ? AND decision IS NOT NULL ORDER BY id DESC LIMIT 1",
            arguments: [source, Blob(body)]
        )
        return last == Decision.rejected.rawValue
    }

    /// Opens a hold and returns it.
    static func insert(_ db: Database, source: Int64, _ rule: HoldRule, _ body: ReceivedBody, at time: UnixTime) throws
        -> Hold
    {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO hold(source_id, rule, body, etag, last_modified, seen, first_seen, last_seen)
                VALUES (?, ?, ?, ?, ?, 1, ?, ?)
                """,
            arguments: [
                source, rule.rawValue, Blob(body.digest), body.validators.etag, body.validators.lastModified, time,
                time,
            ]
        )
        return try open(db, id: db.lastInsertedRowID)
    }

    /// Counts another sight of the body that waits, and returns the hold as it is then.
    static func seeAgain(_ db: Database, _ id: Int64, at time: UnixTime) throws -> Hold {
        try Prepared.run(db, sql: "UPDATE hold SET seen = seen + 1, last_seen = ? WHERE id = ?", arguments: [time, id])
        return try open(db, id: id)
    }

    static func decide(_ db: Database, _ id: Int64, _ decision: Decision, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: "UPDATE hold SET decision = ?, decided_at = ? WHERE id = ?",
            arguments: [decision.rawValue, time, id]
        )
    }

    /// The validators that came with the body that waits.
    static func validators(_ db: Database, id: Int64) throws -> Validators {
        let row = try Prepared.row(db, sql: "SELECT etag, last_modified FROM hold WHERE id = ?", arguments: [id])
        return Validators(etag: row?[0], lastModified: row?[1])
    }

    private static func fetch(_ db: Database, where condition: String, _ arguments: StatementArguments) throws -> [Hold]
    {
        try Prepared.rows(
            db,
            sql: """
                SELECT hold.id, source_id, url, rule, hold.body, seen, first_seen, last_seen
                FROM hold JOIN source ON source.id = source_id WHERE \(condition) ORDER BY hold.id
                """,
            arguments: arguments
        )
        .map { row in
            let name: String = row[3]
            guard let rule = HoldRule(rawValue: name) else { throw KeyStoreError.corrupt("unknown hold rule \(name)") }
            return Hold(
                id: row[0],
                sourceID: row[1],
                url: row[2],
                rule: rule,
                bodySHA256: (row[4] as Blob).bytes,
                seen: row[5],
                firstSeen: row[6],
                lastSeen: row[7]
            )
        }
    }
}
