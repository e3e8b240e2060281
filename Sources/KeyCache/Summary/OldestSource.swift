package import Encoding

/// The source whose body is the oldest.
package struct OldestSource: Sendable, Equatable {
    package let url: String
    package let confirmedAt: UnixTime
}
