/// Where requests are dropped and results appear.
package struct SpoolSettings: Equatable, Sendable {
    /// The spool folder, on a local disk.
    ///
    /// A name that appears in its incoming/ is complete.
    package var path = "/var/spool/counterfoil"
    /// The daemon reads incoming/ at least this often; notices from the kernel only make it sooner.
    package var scanEvery = Interval.seconds(30)
    /// User names or numbers whose files are taken; empty is anybody who can write to incoming/.
    package var owners: [String] = []
    /// Deferred requests are tried this long.
    package var retryFor = Interval.days(7)
    /// First wait of a deferred request; it doubles.
    ///
    /// A refresh that brings its key ends the wait.
    package var retryFirst = Interval.seconds(30)
    /// Longest wait of a deferred request.
    package var retryLongest = Interval.hours(1)
    /// With less disk free than this nothing is taken.
    package var minFree = ByteSize.mebibytes(256)
    /// How long what is finished is kept.
    package var keep = KeepSettings()

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<SpoolSettings>] = [
        Setting(
            "path",
            \.path,
            .path(),
            "The spool folder, on a local disk. A name that appears in its incoming/ is complete."
        ),
        Setting(
            "scan_every",
            \.scanEvery,
            .interval(from: .seconds(1), to: .hours(1)),
            "The daemon reads incoming/ at least this often; notices from the kernel only make it sooner."
        ),
        Setting(
            "owners",
            \.owners,
            .list(of: .text(limit: 64)),
            "User names or numbers whose files are taken; empty is anybody who can write to incoming/."
        ),
        Setting(
            "retry_for",
            \.retryFor,
            .interval(from: .minutes(1), to: .days(90)),
            "Deferred requests are tried this long."
        ),
        Setting(
            "retry_first",
            \.retryFirst,
            .interval(from: .seconds(1), to: .hours(24)),
            "First wait of a deferred request; it doubles. A refresh that brings its key ends the wait."
        ),
        Setting(
            "retry_longest",
            \.retryLongest,
            .interval(from: .seconds(1), to: .days(7)),
            "Longest wait of a deferred request."
        ),
        Setting(
            "min_free",
            \.minFree,
            .size(from: .mebibytes(1), to: .gibibytes(1024)),
            "With less disk free than this nothing is taken."
        ),
        Setting(section: "keep", \.keep, KeepSettings.settings, "How long what is finished is kept."),
    ]
}
