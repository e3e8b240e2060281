/// How long a key that left its set without being revoked is still used for what was signed before.
package struct RetiredGrace: Equatable, Sendable {
    /// The directory's keys: statements live long, and revocation has its own channel.
    package var directory = Interval.hours(72)
    /// Keys of participants whose revoked sets are watched.
    package var watched = Interval.hours(24)
    /// Keys of participants whose revoked sets are not known.
    package var unwatched = Interval.minutes(15)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<RetiredGrace>] = [
        Setting(
            "directory",
            \.directory,
            .interval(from: .seconds(0), to: .days(30)),
            "The directory's keys: statements live long, and revocation has its own channel."
        ),
        Setting(
            "watched",
            \.watched,
            .interval(from: .seconds(0), to: .days(30)),
            "Keys of participants whose revoked sets are watched."
        ),
        Setting(
            "unwatched",
            \.unwatched,
            .interval(from: .seconds(0), to: .days(30)),
            "Keys of participants whose revoked sets are not known."
        ),
    ]
}
