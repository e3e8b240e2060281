import Encoding
import GRDB
import OpenBanking

/// The counts behind `status`; every one by an index or a small table, so that it stays quick with millions of rows.
///
/// Clients have numbers without a gap, because none is ever removed: the last number says how many there were.
struct SummaryTable {
    private let numbers: Prepared
    private let tallies: Prepared
    private let add: Prepared

    static func day(_ time: UnixTime) -> Int64 { time >= 0 ? time / 86_400 : (time - 86_399) / 86_400 }

    init(_ db: Database) throws(LedgerError) {
        numbers = try Prepared(
            """
            SELECT
              (SELECT coalesce(max(number), 0) FROM client),
              (SELECT count(*) FROM client WHERE deleted_at IS NOT NULL),
              (SELECT count(*) FROM client WHERE issued_at >= ?1 AND issued_at < ?1 + 86400),
              (SELECT count(*) FROM deferred),
              (SELECT min(first_deferred_at) FROM deferred),
              (SELECT count(*) FROM outbox WHERE lost = 0 AND group_number > CAST(
                (SELECT value FROM meta WHERE name = 'published_through') AS INTEGER)),
              (SELECT count(*) FROM outbox WHERE lost = 1),
              (SELECT count(*) FROM batch WHERE \(BatchTable.isUnfinished)),
              (SELECT committed_at FROM work_group WHERE number = (SELECT max(number) FROM work_group)),
              (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size),
              (SELECT made_at FROM export ORDER BY number DESC LIMIT 1),
              (SELECT count(*) FROM client WHERE change > (
                SELECT through_change FROM export ORDER BY number DESC LIMIT 1)),
              (SELECT coalesce(max(number), 0) FROM work_group)
            """,
            db
        )
        tallies = try Prepared(
            "SELECT outcome, sum(requests) FROM tally WHERE day >= ? AND day <= ? GROUP BY outcome",
            db
        )
        add = try Prepared(
            """
            INSERT INTO tally (day, outcome, requests) VALUES (?, ?, ?)
            ON CONFLICT (day, outcome) DO UPDATE SET requests = requests + excluded.requests
            """,
            db
        )
    }

    func count(_ counts: OutcomeCounts, day: Int64) throws(LedgerError) {
        for outcome in Outcome.allCases where counts[outcome] > 0 {
            try add.run(.integer(day), .text(outcome.rawValue), .integer(counts[outcome]))
        }
    }

    func read(at now: UnixTime, meta: MetaTable) throws(LedgerError) -> LedgerSummary {
        let today = Self.day(now)
        var summary =
            try numbers.first(.integer(today * 86_400)) { row in
                var summary = LedgerSummary()
                summary.deletedClients = Int(row.integer(1))
                summary.clients = Int(row.integer(0)) - summary.deletedClients
                summary.issuedToday = Int(row.integer(2))
                summary.waiting = Int(row.integer(3))
                summary.oldestWaitingSince = row.optionalInteger(4)
                summary.pendingResults = Int(row.integer(5))
                summary.lostResults = Int(row.integer(6))
                summary.openBatches = Int(row.integer(7))
                summary.lastGroupAt = row.optionalInteger(8)
                summary.databaseBytes = row.integer(9)
                summary.lastExportAt = row.optionalInteger(10)
                summary.changedSinceExport = summary.lastExportAt == nil ? nil : Int(row.integer(11))
                summary.lastGroup = row.integer(12)
                return summary
            } ?? LedgerSummary()
        summary.today = try counts(from: today, through: today)
        summary.ever = try counts(from: .min, through: .max)
        summary.lastPass = try meta.lastPass()
        return summary
    }

    private func counts(from first: Int64, through last: Int64) throws(LedgerError) -> OutcomeCounts {
        var counts = OutcomeCounts()
        try tallies.each(.integer(first), .integer(last)) { row throws(LedgerError) in
            if let outcome = Outcome(rawValue: row.text(0)) { counts[outcome] = Int(row.integer(1)) }
            return true
        }
        return counts
    }
}
