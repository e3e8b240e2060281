import Encoding
import GRDB

/// Which source a process is fetching: the rows of `claim`, at most one per source.
enum ClaimTable {
    /// No claim reaches further than this; a row that does was written by a clock that had run wild.
    static let longest: Int64 = 600

    static func isLive(_ until: UnixTime, at time: UnixTime) -> Bool { until > time && until <= time + longest }

    /// Until when a source is claimed, over or not.
    static func until(_ db: Database, _ source: Int64) throws -> UnixTime? {
        try Prepared.value(
            Int64.self,
            db,
            sql: "SELECT until FROM claim WHERE source_id = ?",
            arguments: [source]
        )
    }

    /// The sources claimed now.
    static func live(_ db: Database, at time: UnixTime) throws -> Set<Int64> {
        let rows = try Prepared.rows(db, sql: "SELECT source_id, until FROM claim")
        return Set(rows.filter { isLive($0[1], at: time) }.map { $0[0] })
    }

    static func take(_ db: Database, _ source: Int64, owner: Int64, until: UnixTime) throws {
        try Prepared.run(
            db,
            sql: "INSERT OR REPLACE INTO claim(source_id, owner, until) VALUES (?, ?, ?)",
            arguments: [source, owner, until]
        )
    }

    /// Ends the claim on a source: its outcome is recorded.
    static func release(_ db: Database, source: Int64) throws {
        try Prepared.run(db, sql: "DELETE FROM claim WHERE source_id = ?", arguments: [source])
    }

    static func release(_ db: Database, owner: Int64) throws {
        try Prepared.run(db, sql: "DELETE FROM claim WHERE owner = ?", arguments: [owner])
    }

    /// Ends the claims of runs that held the lock of which there is one.
    static func releaseOfLockHolders(_ db: Database) throws {
        try Prepared.run(db, sql: "DELETE FROM claim WHERE owner < 0")
    }

    static func shift(_ db: Database, by seconds: Int64) throws {
        try Prepared.run(db, sql: "UPDATE claim SET until = until + ?", arguments: [seconds])
    }
}
