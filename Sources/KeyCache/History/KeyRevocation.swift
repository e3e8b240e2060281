package import Encoding
package import PKIX

/// That a key is revoked: since when, and why as far as anyone said.
package struct KeyRevocation: Sendable, Equatable {
    /// The earliest time any word of it names.
    package let at: UnixTime
    /// Why; nil where nobody said, which counts as the worst.
    package let reason: RevocationReason?

    package init(at time: UnixTime, reason: RevocationReason? = nil) {
        self.at = time
        self.reason = reason
    }

    /// Whether the reason leaves what was signed before untouched: the key was replaced or given up, not lost.
    package var isHarmless: Bool { reason == .superseded || reason == .cessationOfOperation }
}
