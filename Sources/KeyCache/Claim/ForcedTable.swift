import Encoding
import GRDB

/// The fetches that wanted keys brought forward: the rows of `forced`, as long as the budget needs them.
enum ForcedTable {
    static func budget(_ db: Database, at time: UnixTime) throws -> ForcedBudget {
        var fullAt: [Int64: UnixTime] = [:]
        var recent = 0
        for row in try Prepared.rows(db, sql: "SELECT source_id, at, full_at FROM forced") {
            let (source, at, full): (Int64, Int64, Int64) = (row[0], row[1], row[2])
            fullAt[source] = max(full, fullAt[source] ?? full)
            if at <= time && at > time - ForcedBudget.window { recent += 1 }
        }
        return ForcedBudget(fullAt: fullAt, recent: recent)
    }

    /// Notes that a fetch is brought forward, and forgets what matters no more.
    static func spend(_ db: Database, _ source: Source, _ budget: ForcedBudget, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: "DELETE FROM forced WHERE full_at < ?1 - ?2 OR at > ?1",
            arguments: [time, ForcedBudget.window]
        )
        try Prepared.run(
            db,
            sql: "INSERT INTO forced(source_id, at, full_at) VALUES (?, ?, ?)",
            arguments: [source.id, time, budget.spent(source, at: time)]
        )
    }

    static func shift(_ db: Database, by seconds: Int64) throws {
        try Prepared.run(db, sql: "UPDATE forced SET at = at + ?1, full_at = full_at + ?1", arguments: [seconds])
    }
}
