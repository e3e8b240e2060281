import Encoding
import GRDB

/// The rows of `breaker`: hosts whose sources lost their keys at once, so that no key of theirs goes until it is cleared up.
enum BreakerTable {
    static func isOpen(_ db: Database, host: String) throws -> Bool {
        try Prepared.value(
            Bool.self,
            db,
            sql: "SELECT EXISTS (SELECT 1 FROM breaker WHERE host = ? AND closed_at IS NULL)",
            arguments: [host]
        ) ?? false
    }

    /// The hosts in trouble, the longest first.
    static func open(_ db: Database) throws -> [FleetAlert] {
        try Prepared.rows(
            db,
            sql: "SELECT host, opened_at, affected, known FROM breaker WHERE closed_at IS NULL ORDER BY opened_at, host"
        )
        .map { FleetAlert(host: $0[0], since: $0[1], affected: $0[2], known: $0[3]) }
    }

    static func trip(_ db: Database, host: String, affected: Int, known: Int, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: "INSERT INTO breaker(host, opened_at, affected, known) VALUES (?, ?, ?, ?)",
            arguments: [host, time, affected, known]
        )
        let data = EventData.fleet(host: host, affected: affected, known: known)
        try EventLog.append(db, .fleetTripped, source: nil, at: time, data: data)
    }

    /// Closes the breaker of a host of which no set waits any more that lost all its keys.
    static func closeIfCleared(_ db: Database, host: String, at time: UnixTime) throws {
        guard try isOpen(db, host: host), !(try HoldTable.hasCollapse(db, host: host)) else { return }
        try close(db, host: host, "cleared", nil, at: time)
    }

    /// Closes the breaker of a host, where one is open.
    static func close(_ db: Database, host: String, _ decision: String, _ word: OperatorWord?, at time: UnixTime) throws
    {
        guard let alert = try open(db).first(where: { $0.host == host }) else { return }
        try Prepared.run(
            db,
            sql: """
                UPDATE breaker SET closed_at = ?, decision = ?, decided_by = ?, decided_why = ?
                WHERE host = ? AND closed_at IS NULL
                """,
            arguments: [time, decision, word?.by, word?.why, host]
        )
        let data = EventData.fleet(host: host, affected: alert.affected, known: alert.known, word)
        try EventLog.append(db, .fleetCleared, source: nil, at: time, data: data)
    }
}
