/// The three times of one class of key sets, counted from the last good fetch.
package struct Freshness: Equatable, Sendable {
    /// Fetched this often, less up to a fifth so that fetches spread; sooner where the response asks for it.
    package var every = Interval.minutes(15)
    /// Older is a warning; keys are still used.
    package var staleAfter = Interval.hours(1)
    /// Older is not used: requests are deferred.
    package var unusableAfter = Interval.hours(24)

    /// Three times; what is left out is the default.
    package init(
        every: Interval = .minutes(15),
        staleAfter: Interval = .hours(1),
        unusableAfter: Interval = .hours(24)
    ) {
        self.every = every
        self.staleAfter = staleAfter
        self.unusableAfter = unusableAfter
    }

    static let settings: [Setting<Freshness>] = [
        Setting(
            "every",
            \.every,
            .interval(from: .seconds(10), to: .days(7)),
            "Fetched this often, less up to a fifth so that fetches spread; sooner where the response asks for it."
        ),
        Setting(
            "stale_after",
            \.staleAfter,
            .interval(from: .seconds(10), to: .days(30)),
            "Older is a warning; keys are still used."
        ),
        Setting(
            "unusable_after",
            \.unusableAfter,
            .interval(from: .seconds(10), to: .days(90)),
            "Older is not used: requests are deferred."
        ),
    ]
}
