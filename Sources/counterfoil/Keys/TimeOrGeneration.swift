import ArgumentParser
import Encoding
import KeyCache

/// A moment of the cache: a time such as 2026-11-22T10:00:00Z, or the number of a generation.
struct TimeOrGeneration: ExpressibleByArgument {
    let asOf: AsOf

    init?(argument: String) {
        if let time = Timestamp.parse(argument) {
            asOf = .time(time)
        } else if let number = Int(argument), number >= 0 {
            asOf = .generation(number)
        } else {
            return nil
        }
    }
}
