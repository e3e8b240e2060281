package import Crypto
package import Encoding

/// One line of the audit trail, chained to the one before it.
package struct AuditLine: Sendable, Equatable {
    /// Its place in the trail, from 1.
    package let number: Int64
    package let at: UnixTime
    /// What happened, as written by the caller: JSON text without secrets.
    package let text: String
    /// The hash of the line before; zeros for the first.
    package let previous: SHA256Digest
    /// The SHA-256 of previous, number, time and text; see `AuditChain`.
    package let hash: SHA256Digest

    package init(number: Int64, at: UnixTime, text: String, previous: SHA256Digest, hash: SHA256Digest) {
        (self.number, self.at, self.text) = (number, at, text)
        (self.previous, self.hash) = (previous, hash)
    }
}
