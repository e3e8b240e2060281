import Encoding
import GRDB

/// Which sources are due at some time, and in which order.
struct DueCalendar {
    let settings: CacheSettings
    /// When a key of a URL was last wanted, less what was lately looked for in vain.
    let wanted: [String: UnixTime]
    /// The sources a process is fetching.
    let claimed: Set<Int64>
    let budget: ForcedBudget
    let time: UnixTime

    init(_ db: Database, settings: CacheSettings, at time: UnixTime) throws {
        self.settings = settings
        self.time = time
        wanted = try WantedTable.latest(db, at: time)
        claimed = try ClaimTable.live(db, at: time)
        budget = try ForcedTable.budget(db, at: time)
    }

    /// The due ones in the order of ``Source/comesBefore(_:)``.
    func due(among sources: [Source]) -> [Source] { sources.filter(isDue).sorted { $0.comesBefore($1) } }

    /// Whether the plan says so, or the plan was made by a clock that had run wild: none reaches further than this.
    func isScheduled(_ source: Source) -> Bool {
        let furthest = max(settings.limits(for: source.class).every, Schedule.longestRetryAfter)
        if time >= source.nextDue || source.nextDue > time + furthest { return true }
        // The operator may have asked for shorter times since the last fetch.
        let every = settings.limits(for: source.class).every
        return source.failureCount == 0 && source.lastAttempt.map { time >= $0.addingClamped(every) } == true
    }

    /// Whether a wanted key brings a fetch forward: none was tried since it was wanted, nor just before.
    ///
    /// Never for a source that fails: its back-off, and what its server asked for, stand.
    func isWanted(_ source: Source) -> Bool {
        guard let since = wanted[source.url], source.failureCount == 0 else { return false }
        guard let lastAttempt = source.lastAttempt else { return true }
        return since >= lastAttempt && time >= lastAttempt + settings.wantedInterval
    }

    private func isDue(_ source: Source) -> Bool {
        guard !claimed.contains(source.id) else { return false }
        return isScheduled(source) || isWanted(source) && budget.allows(source, at: time)
    }
}
