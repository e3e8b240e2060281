package import Encoding

/// How the cache stands at one moment: what `status` shows and monitoring judges.
package struct CacheSummary: Sendable, Equatable {
    package var generation: Int
    /// The time judged by: the clock, or the time floor when the clock has gone back.
    package var judgedAt: UnixTime
    /// How many seconds the clock is behind what was recorded before; 0 when it is well.
    package var clockBehind: Int64
    /// One row per class, in the order of `SourceClass.allCases`.
    package var classes: [ClassSummary]
    package var keys: KeyCounts
    /// The directory's sets.
    package var directory: [DirectorySummary]
    package var lists: [ListSummary]
    /// The source in use whose body was confirmed longest ago.
    package var oldest: OldestSource?
    /// When the next refresh is due; in the past when one is overdue.
    package var nextRefresh: UnixTime?
    /// How many sources failed at their last attempt.
    package var failing: Int
    /// How many bodies wait for an operator.
    package var held: Int
    /// Hosts of which no key goes because too many sets lost their keys at once.
    package var alerts: [FleetAlert] = []
    /// How many keys deferred requests wait for.
    package var wanted: Int
    /// Authorities that end soon, the nearest first.
    package var expiringAnchors: [ExpiringAnchor]
}
