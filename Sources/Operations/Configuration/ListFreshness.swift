/// The two times of CRLs, counted from the last good fetch; how long a CRL is used it says itself.
package struct ListFreshness: Equatable, Sendable {
    /// Fetched this often, less up to a fifth so that fetches spread; sooner where the response asks for it.
    package var every = Interval.hours(1)
    /// Older is a warning; CRLs are still used.
    package var staleAfter = Interval.hours(4)

    /// Two times; what is left out is the default.
    package init(every: Interval = .hours(1), staleAfter: Interval = .hours(4)) {
        self.every = every
        self.staleAfter = staleAfter
    }

    static let settings: [Setting<ListFreshness>] = [
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
            "Older is a warning; CRLs are still used."
        ),
    ]
}
