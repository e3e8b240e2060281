import Encoding

/// How long what a bundle brought is good: its signers' word, in place of the limits of each class.
struct BundleLife: Sendable, Equatable {
    /// The row of `bundle`.
    let bundle: Int64
    let freshUntil: UnixTime
    let usableUntil: UnixTime
}
