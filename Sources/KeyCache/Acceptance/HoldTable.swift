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
    static func insert(
        _ db: Database,
        source: Int64,
        _ rule: HoldRule,
        _ body: ReceivedBody,
        at time: UnixTime
    ) throws -> Hold {
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

    /// Notes which bundle brought the body that waits, and when that was fetched.
    static func note(_ db: Database, _ id: Int64, _ life: BundleLife, copiedAt: UnixTime) throws {
        try Prepared.run(
            db,
            sql: "UPDATE hold SET bundle = ?, copied_at = ? WHERE id = ?",
            arguments: [life.bundle, copiedAt, id]
        )
    }

    /// The bundle that brought the body that waits; nil where a fetch did.
    static func origin(_ db: Database, id: Int64) throws -> (life: BundleLife, copiedAt: UnixTime)? {
        let row = try Prepared.row(db, sql: "SELECT bundle, copied_at FROM hold WHERE id = ?", arguments: [id])
        guard let row, let bundle = row[0] as Int64?, let life = try BundleTable.life(db, bundle) else { return nil }
        return (life, row[1])
    }

    /// Counts another sight of the body that waits, and returns the hold as it is then.
    static func seeAgain(_ db: Database, _ id: Int64, at time: UnixTime) throws -> Hold {
        try Prepared.run(db, sql: "UPDATE hold SET seen = seen + 1, last_seen = ? WHERE id = ?", arguments: [time, id])
        return try open(db, id: id)
    }

    /// Ends a hold, and what it held back of its host where it was the last.
    static func decide(
        _ db: Database,
        _ hold: Hold,
        _ decision: Decision,
        _ word: OperatorWord? = nil,
        at time: UnixTime
    ) throws {
        try Prepared.run(
            db,
            sql: "UPDATE hold SET decision = ?, decided_at = ?, decided_by = ?, decided_why = ? WHERE id = ?",
            arguments: [decision.rawValue, time, word?.by, word?.why, hold.id]
        )
        let kind: EventKind =
            switch decision {
            case .accepted, .confirmed: .holdAccepted
            case .rejected: .holdRejected
            case .withdrawn: .holdWithdrawn
            }
        try EventLog.append(db, kind, source: hold.sourceID, at: time, data: EventData.decision(hold, word))
        try BreakerTable.closeIfCleared(db, host: hold.host, at: time)
    }

    /// The open holds of a host.
    static func open(_ db: Database, host: String) throws -> [Hold] {
        try fetch(db, where: "decision IS NULL AND source.host = ?", [host])
    }

    /// Whether a set of a host waits that lost all its keys.
    static func hasCollapse(_ db: Database, host: String) throws -> Bool {
        try Prepared.value(
            Bool.self,
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM hold JOIN source ON source.id = source_id
                WHERE decision IS NULL AND rule IN ('empty', 'replacement') AND source.host = ?)
                """,
            arguments: [host]
        ) ?? false
    }

    /// How many sources of a host lost all their keys since a time, whatever became of it.
    static func collapses(_ db: Database, host: String, since: UnixTime) throws -> Int {
        try Prepared.value(
            Int.self,
            db,
            sql: """
                SELECT count(DISTINCT source_id) FROM hold JOIN source ON source.id = source_id
                WHERE source.host = ? AND rule IN ('empty', 'replacement') AND hold.first_seen > ?
                """,
            arguments: [host, since]
        ) ?? 0
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
                SELECT hold.id, source_id, url, rule, hold.body, seen, first_seen, last_seen,
                  class, coalesce(host, '')
                FROM hold JOIN source ON source.id = source_id WHERE \(condition) ORDER BY hold.id
                """,
            arguments: arguments
        )
        .map { row in
            let name: String = row[3]
            guard let rule = HoldRule(rawValue: name), let `class` = SourceClass(rawValue: row[8]) else {
                throw KeyStoreError.corrupt("unknown hold rule \(name)")
            }
            return Hold(
                id: row[0],
                sourceID: row[1],
                url: row[2],
                rule: rule,
                bodySHA256: (row[4] as Blob).bytes,
                seen: row[5],
                firstSeen: row[6],
                lastSeen: row[7],
                sourceClass: `class`,
                host: row[9]
            )
        }
    }
}
