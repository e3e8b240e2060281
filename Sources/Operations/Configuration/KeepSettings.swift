/// How long what is finished is kept in the spool.
package struct KeepSettings: Equatable, Sendable {
    /// Inputs as read.
    package var archive = KeepLimits(age: .days(90))
    /// Results that were consumed: marked in `acks/<day>/` by their own name.
    package var results = KeepLimits(age: .days(7))
    /// Results that nobody consumed; 0s keeps them for good.
    package var unconsumed = Interval.seconds(0)
    /// Files set aside, with their reasons.
    package var failed = KeepLimits(age: .days(90))

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<KeepSettings>] = [
        Setting(section: "archive", \.archive, KeepLimits.settings, "Inputs as read."),
        Setting(
            section: "results",
            \.results,
            KeepLimits.settings,
            "Results that were consumed: marked in acks/<day>/ by their own name."
        ),
        Setting(
            "unconsumed",
            \.unconsumed,
            .interval(from: .seconds(0), to: .days(3660)),
            "Results that nobody consumed; 0s keeps them for good."
        ),
        Setting(section: "failed", \.failed, KeepLimits.settings, "Files set aside, with their reasons."),
    ]
}
