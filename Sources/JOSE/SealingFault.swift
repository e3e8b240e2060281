package import Crypto

/// Sealing failed on our own side: no randomness, or the library refused.
package struct SealingFault: Error, Equatable, Sendable, CustomStringConvertible {
    package let reason: CryptoError

    package var description: String { "the response could not be sealed: \(reason)" }
}
