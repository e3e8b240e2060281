/// How much of one kind of finished things is kept; what is older goes, and of what is beyond the rest the oldest.
package struct KeepLimits: Equatable, Sendable {
    /// From the end of their day; 0s is no limit.
    package var age: Interval
    /// All together; 0B is no limit.
    package var size = ByteSize(bytes: 0)
    /// How many files; 0 is no limit.
    package var files = 0

    /// Limits by age alone.
    package init(age: Interval) { self.age = age }

    static let settings: [Setting<KeepLimits>] = [
        Setting(
            "age",
            \.age,
            .interval(from: .seconds(0), to: .days(3660)),
            "From the end of their day; 0s is no limit."
        ),
        Setting(
            "size",
            \.size,
            .size(from: ByteSize(bytes: 0), to: .gibibytes(65_536)),
            "All together; 0B is no limit."
        ),
        Setting("files", \.files, .whole(0...1_000_000_000), "How many files; 0 is no limit."),
    ]
}
