import ArgumentParser
import Encoding

/// A time from which on something is asked for: RFC 3339, or a day, which begins at midnight UTC.
struct SinceArgument: ExpressibleByArgument {
    let time: UnixTime

    init?(argument: String) {
        guard let time = Timestamp.parse(argument) ?? Timestamp.parse("\(argument)T00:00:00Z") else { return nil }
        self.time = time
    }
}
