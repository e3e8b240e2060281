/// The bounds of a bundle, kept before any work is done on it.
package enum BundleLimits {
    /// Sources in one bundle.
    package static let sources = 20_000
    /// Members of the file: a body each, our own three targets, and metadata.
    package static let members = sources + 3 + roots + 3
    /// Roots in one bundle, as many as python-tuf follows.
    package static let roots = 256
    /// Bytes of the whole file.
    package static let fileBytes: Int64 = 1 << 30
    /// Bytes of one target: the largest is a revocation list, or the history of all keys.
    package static let targetBytes = 64 << 20
    /// Bytes of the table of sources.
    package static let sourcesBytes = 32 << 20
    /// Bytes of one line of observations.
    package static let lineBytes = 64 << 10
    /// Keys in one root.
    package static let keys = 64
    /// Signatures on one role.
    package static let signatures = 64
    /// Seconds another machine's clock may run ahead of ours.
    package static let clockSkew: Int64 = 60
    /// Seconds our clock may be behind what was seen before.
    package static let clockBehind: Int64 = 300
}
