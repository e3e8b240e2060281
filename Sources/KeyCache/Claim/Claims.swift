package import Encoding
import GRDB

extension KeyStore {
    /// Asks for a source before it is fetched, so that no two processes fetch one at the same time.
    ///
    /// Looks at the row as it is now, in one immediate transaction: what another process has fetched since `source` was
    /// read is not fetched again. The claim ends when an outcome is recorded, when it is given back, and after `seconds`
    /// at the latest, should its process die.
    ///
    /// `owner` is a number that stands for the pass, the same for all of its claims. With `isAsked` an operator asked for
    /// this very source, due or not; only another's claim stands against that.
    package func claim(
        _ source: Source,
        as owner: Int64,
        for seconds: Int64,
        isAsked: Bool = false,
        at time: UnixTime
    ) throws(KeyStoreError) -> ClaimAnswer {
        try file.write(.normal) { db in
            if let until = try ClaimTable.until(db, source.id), ClaimTable.isLive(until, at: time) { return .taken }
            let answer = isAsked ? .granted : try claimByNeed(db, source.id, at: time)
            if answer == .granted {
                try ClaimTable.take(db, source.id, owner: owner, until: time + min(max(1, seconds), ClaimTable.longest))
            }
            return answer
        }
    }

    /// Gives back what a pass claimed and did not fetch.
    package func releaseClaims(of owner: Int64) throws(KeyStoreError) {
        try file.write(.normal) { db in try ClaimTable.release(db, owner: owner) }
    }

    /// Ends what runs of `refresh` left claimed that were killed: for whoever holds the lock that only one has at a time.
    ///
    /// Owners of such runs are below zero; a daemon's are not, and keep what they claimed.
    package func releaseClaimsOfTheDead() throws(KeyStoreError) {
        try file.write(.normal) { db in try ClaimTable.releaseOfLockHolders(db) }
    }

    /// Moves the plan with a clock that was set back by `seconds`, so that nothing is fetched later than planned.
    package func followClock(back seconds: Int64) throws(KeyStoreError) {
        try file.write(.normal) { db in
            try SourceTable.shift(db, by: -seconds)
            try ClaimTable.shift(db, by: -seconds)
            try ForcedTable.shift(db, by: -seconds)
            try WantedTable.shift(db, by: -seconds)
        }
    }

    private func claimByNeed(_ db: Database, _ id: Int64, at time: UnixTime) throws -> ClaimAnswer {
        let source = try SourceTable.one(db, id: id)
        let calendar = try DueCalendar(db, settings: settings, at: time)
        if calendar.isScheduled(source) { return .granted }
        guard calendar.isWanted(source) else { return .notDue }
        guard calendar.budget.allows(source, at: time) else { return .overBudget }
        try ForcedTable.spend(db, source, calendar.budget, at: time)
        return .granted
    }
}
