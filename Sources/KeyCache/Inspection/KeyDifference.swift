package import Crypto

/// What became of a key of a source between two generations.
package struct KeyDifference: Sendable, Equatable {
    package let url: String
    package let kid: [UInt8]?
    package let spkiSHA256: SHA256Digest
    /// The state in the older generation, nil where the key was not known.
    package let before: ListingState?
    package let after: ListingState?
    /// Whether what the set says of the key changed.
    package let isReworded: Bool
}
