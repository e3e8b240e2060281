/// Something a key set's owner should hear about, although the set stays in use.
package struct KeyNotice: Sendable, Equatable, CustomStringConvertible {
    /// What the notice is about.
    package enum Code: String, Sendable, CaseIterable {
        /// `x5t` or `x5t#S256` is not the digest of `x5c[0]`; the key stays.
        case x5tMismatch = "x5t_mismatch"
        /// `x5c` cannot be read; the key stays for signatures, without a certificate (C13).
        case x5cUnreadable = "x5c_unreadable"
        /// `x5c` has more certificates than allowed; only the first ones are kept.
        case x5cTooLong = "x5c_too_long"
        /// `x5c` has white space in its base64, which is passed over.
        case x5cWhiteSpace = "x5c_white_space"
        /// A kid names several keys; all are candidates.
        case duplicateKeyID = "duplicate_kid"
        /// A number has leading zero bytes, which are dropped (RFC 7518 §2).
        case leadingZero = "leading_zero"
        /// `iat`, `nbf` or `exp` is no number of seconds; it is passed over.
        case lifetimeUnreadable = "lifetime_unreadable"
        /// A private or symmetric key was published; it was dropped and its owner must be told.
        case secretPublished = "secret_published"
    }

    /// How much it matters.
    package enum Severity: String, Sendable, Comparable {
        case information, warning, critical

        package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .information: 0
            case .warning: 1
            case .critical: 2
            }
        }
    }

    /// The position in `keys`, from 0.
    package let index: Int
    package let code: Code
    /// The notice in one sentence, safe to print.
    package let text: String

    /// How much it matters; follows from the code.
    package var severity: Severity {
        switch code {
        case .secretPublished: .critical
        case .x5tMismatch, .x5cUnreadable, .x5cTooLong, .lifetimeUnreadable: .warning
        case .x5cWhiteSpace, .duplicateKeyID, .leadingZero: .information
        }
    }

    package var description: String { "keys[\(index)]: \(text)" }
}
