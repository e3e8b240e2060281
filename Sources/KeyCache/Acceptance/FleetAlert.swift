package import Encoding

/// A host of which too many sources lost all their keys at once: no key of its sources goes until that is cleared up.
package struct FleetAlert: Sendable, Equatable {
    package let host: String
    package let since: UnixTime
    /// How many sources had lost their keys when it was noticed.
    package let affected: Int
    /// How many sources of keys the host had.
    package let known: Int
}
