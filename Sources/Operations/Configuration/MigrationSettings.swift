/// Whether and how clients the bank registered before are taken over.
package struct MigrationSettings: Equatable, Sendable {
    /// Take migration batches; switch it on for the migration only.
    package var allowed = false
    /// How old a registration may be that is judged as of its own time; older ones are judged as of now.
    package var maxHistory = Interval.days(2557)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<MigrationSettings>] = [
        Setting("allowed", \.allowed, .flag, "Take migration batches; switch it on for the migration only."),
        Setting(
            "max_history",
            \.maxHistory,
            .interval(from: .days(1), to: .days(7305)),
            "How old a registration may be that is judged as of its own time; older ones are judged as of now."
        ),
    ]
}
