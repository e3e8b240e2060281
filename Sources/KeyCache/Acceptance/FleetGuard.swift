import Encoding
import GRDB

/// Watches for a directory that empties many sets at once, which has happened by mistake elsewhere.
struct FleetGuard {
    let settings: CacheSettings
    let time: UnixTime

    /// Counts a set that lost all its keys, and holds all removals of its host where there are too many.
    func observe(_ db: Database, _ rule: HoldRule, _ source: Source) throws {
        guard rule.isCollapse, !source.host.isEmpty, !(try BreakerTable.isOpen(db, host: source.host)) else { return }
        let start = time.subtractingClamped(settings.fleetWindow)
        let affected = try HoldTable.collapses(db, host: source.host, since: start)
        guard affected > settings.fleetCount else { return }
        let known = try SourceTable.publishing(db, host: source.host)
        guard affected * 100 > known * settings.fleetPercent else { return }
        try BreakerTable.trip(db, host: source.host, affected: affected, known: known, at: time)
    }
}

extension SourceTable {
    /// How many sources of keys a host has that ever gave any.
    fileprivate static func publishing(_ db: Database, host: String) throws -> Int {
        try Prepared.value(
            Int.self,
            db,
            sql: """
                SELECT count(*) FROM source
                WHERE host = ? AND class IN ('directory', 'organisation', 'software') AND body IS NOT NULL
                """,
            arguments: [host]
        ) ?? 0
    }
}
