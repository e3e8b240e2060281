/// How requests are processed, and the bounds every input must keep.
package struct ProcessSettings: Equatable, Sendable {
    /// Threads that validate; 0 is one per CPU.
    package var workers = 0
    /// Most requests in a group, which shares one sync and one commit.
    package var groupRequests = 1024
    /// Most bytes in a group.
    package var groupBytes = ByteSize.mebibytes(16)
    /// After TERM, requests being worked on have this long to finish.
    package var drain = Interval.seconds(30)
    /// Larger input is malformed, and never read further.
    package var limits = LimitSettings()

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<ProcessSettings>] = [
        Setting("workers", \.workers, .whole(0...1024), "Threads that validate; 0 is one per CPU."),
        Setting(
            "group_requests",
            \.groupRequests,
            .whole(1...65536),
            "Most requests in a group, which shares one sync and one commit."
        ),
        Setting("group_bytes", \.groupBytes, .size(from: .mebibytes(1), to: .gibibytes(1)), "Most bytes in a group."),
        Setting(
            "drain",
            \.drain,
            .interval(from: .seconds(1), to: .minutes(10)),
            "After TERM, requests being worked on have this long to finish."
        ),
        Setting(
            section: "limits",
            \.limits,
            LimitSettings.settings,
            "Larger input is malformed, and never read further."
        ),
    ]
}
