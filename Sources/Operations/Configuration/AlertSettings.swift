/// When `status --check` warns and when it calls a figure critical.
package struct AlertSettings: Equatable, Sendable {
    /// Age of the directory's key set.
    package var keyAge = Thresholds(warning: Interval.hours(1), critical: .hours(24))
    /// Sources past stale_after.
    package var staleSources = Thresholds(warning: 1, critical: 50)
    /// Requests that wait for keys.
    package var deferred = Thresholds(warning: 10, critical: 1000)
    /// Age of the oldest of them.
    package var oldestDeferred = Thresholds(warning: Interval.hours(1), critical: .hours(24))
    /// Age of the oldest file in incoming/.
    package var oldestIncoming = Thresholds(warning: Interval.minutes(10), critical: .hours(1))
    /// Time left of a trust anchor or issuing certificate.
    package var certificateExpiry = Thresholds(warning: Interval.days(60), critical: .days(14))
    /// Disk left for spool and ledger.
    package var diskFree = Thresholds(warning: ByteSize.gibibytes(2), critical: .mebibytes(512))

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<AlertSettings>] = [
        Setting(
            "key_age",
            \.keyAge,
            .thresholds(.interval(from: .seconds(1), to: .days(90))),
            "Age of the directory's key set."
        ),
        Setting("stale_sources", \.staleSources, .thresholds(.whole(1...1_000_000)), "Sources past stale_after."),
        Setting("deferred", \.deferred, .thresholds(.whole(1...1_000_000_000)), "Requests that wait for keys."),
        Setting(
            "oldest_deferred",
            \.oldestDeferred,
            .thresholds(.interval(from: .seconds(1), to: .days(90))),
            "Age of the oldest of them."
        ),
        Setting(
            "oldest_incoming",
            \.oldestIncoming,
            .thresholds(.interval(from: .seconds(1), to: .days(90))),
            "Age of the oldest file in incoming/."
        ),
        Setting(
            "certificate_expiry",
            \.certificateExpiry,
            .thresholds(.interval(from: .seconds(1), to: .days(3650)), falling: true),
            "Time left of a trust anchor or issuing certificate."
        ),
        Setting(
            "disk_free",
            \.diskFree,
            .thresholds(.size(from: .mebibytes(1), to: .gibibytes(65536)), falling: true),
            "Disk left for spool and ledger."
        ),
    ]
}
