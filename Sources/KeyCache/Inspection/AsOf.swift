package import Encoding

/// From which knowledge a question is answered.
package enum AsOf: Sendable, Equatable {
    /// What is known now.
    case now
    /// What was known at a time.
    case time(UnixTime)
    /// What was known in a generation.
    case generation(Int)
}
