import Encoding

/// Which sources are due at some time, and in which order.
struct DueCalendar {
    let settings: CacheSettings
    /// When a key of a URL was last wanted.
    let wanted: [String: UnixTime]
    let time: UnixTime

    /// The due ones: the directory first, then revocation, lists and participants; in a class the longest overdue first.
    func due(among sources: [Source]) -> [Source] {
        sources.filter(isDue).sorted { left, right in
            (left.class.rank, left.nextDue, left.id) < (right.class.rank, right.nextDue, right.id)
        }
    }

    private func isDue(_ source: Source) -> Bool {
        if time >= source.nextDue || isImplausible(source) { return true }
        // A wanted key brings a fetch forward, unless one was tried since it was wanted, or just before.
        guard let since = wanted[source.url] else { return false }
        guard let lastAttempt = source.lastAttempt else { return true }
        return since >= lastAttempt && time >= lastAttempt + settings.wantedInterval
    }

    /// Whether the next fetch was planned by a clock that had run wild: no plan reaches further than this.
    private func isImplausible(_ source: Source) -> Bool {
        let furthest = max(settings.limits(for: source.class).every, Schedule.longestRetryAfter)
        return source.nextDue > time + furthest
    }
}
