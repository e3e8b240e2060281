/// Programs that are run when something happened; never through a shell.
package struct HooksSettings: Equatable, Sendable {
    /// Run after a refresh that changed keys, with the new generation as its only argument; "" for none.
    package var afterChange = ""
    /// How long it may take before it is ended.
    package var timeout = Interval.seconds(30)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<HooksSettings>] = [
        Setting(
            "after_change",
            \.afterChange,
            .path(optional: true),
            "Run after a refresh that changed keys, with the new generation as its only argument; \"\" for none."
        ),
        Setting(
            "timeout",
            \.timeout,
            .interval(from: .seconds(1), to: .hours(1)),
            "How long it may take before it is ended."
        ),
    ]
}
