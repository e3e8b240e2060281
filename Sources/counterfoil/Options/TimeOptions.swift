import ArgumentParser
import Encoding
import Operations

/// The time a command works at.
struct TimeOptions: ParsableArguments {
    @Option(help: "Work as of this time, such as 2026-11-22T10:00:00Z.")
    var asOf: Moment?

    /// A clock that stands at the time asked for, or the system's.
    var clock: Clock { asOf.map { .fixed($0.time) } ?? .system }

    /// A point in time as RFC 3339 writes it.
    struct Moment: ExpressibleByArgument {
        let time: UnixTime

        init?(argument: String) {
            guard let time = Timestamp.parse(argument) else { return nil }
            self.time = time
        }
    }
}
