package import Encoding

/// One stay of a key in a set: each end is only known to lie between two bodies.
package struct ListedPeriod: Sendable, Equatable {
    /// The last body without the key before it came; nil where the first body ever accepted had it.
    package let fromLow: UnixTime?
    /// The first body with it.
    package let fromHigh: UnixTime
    /// The last body with it; nil while it stays.
    package let toLow: UnixTime?
    /// The first body without it; nil while it stays.
    package let toHigh: UnixTime?

    package init(fromLow: UnixTime?, fromHigh: UnixTime, toLow: UnixTime? = nil, toHigh: UnixTime? = nil) {
        self.fromLow = fromLow
        self.fromHigh = fromHigh
        self.toLow = toLow
        self.toHigh = toHigh
    }
}
