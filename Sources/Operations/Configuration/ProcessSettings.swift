/// How requests are processed, and the bounds every input must keep.
package struct ProcessSettings: Equatable, Sendable {
    /// Threads that validate; 0 is one per CPU.
    package var workers = 0
    /// Most requests in a group, which shares one sync and one commit.
    package var groupRequests = 1024
    /// Most bytes in a group.
    package var groupBytes = ByteSize.mebibytes(16)
    /// Longest wait for a group to fill, counted from its first request.
    package var groupWait = Interval.milliseconds(25)
    /// After TERM, requests being worked on have this long to finish.
    package var drain = Interval.seconds(30)
    /// Allow batches whose manifest says `mode: migration` to carry existing clients.
    package var migration = false
    /// Larger input is malformed, and never read further.
    package var limits = InputLimits()

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
            "group_wait",
            \.groupWait,
            .interval(from: .milliseconds(0), to: .seconds(10)),
            "Longest wait for a group to fill, counted from its first request."
        ),
        Setting(
            "drain",
            \.drain,
            .interval(from: .seconds(1), to: .minutes(10)),
            "After TERM, requests being worked on have this long to finish."
        ),
        Setting(
            "migration",
            \.migration,
            .flag,
            "Allow batches whose manifest says `mode: migration` to carry existing clients."
        ),
        Setting(
            section: "limits",
            \.limits,
            InputLimits.settings,
            "Larger input is malformed, and never read further."
        ),
    ]
}
