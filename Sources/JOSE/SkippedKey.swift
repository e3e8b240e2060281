package import Crypto

/// One entry of a key set that is not used, and why; the others load (RFC 7517 §5, C08).
package struct SkippedKey: Error, Sendable, Equatable, CustomStringConvertible {
    /// Why an entry is not used.
    package enum Code: String, Sendable, CaseIterable {
        case notObject = "not_object"
        /// A required member is missing or has the wrong JSON type.
        case member
        /// A kty this product has no use for, like AKP or OKP.
        case unknownType = "unknown_type"
        case unknownCurve = "unknown_curve"
        /// A number's base64url is faulty.
        case encoding
        case keyID = "kid"
        /// The key is weak or damaged: size, exponent, ROCA, a point off the curve.
        case unfit
        /// A symmetric key; never loaded.
        case symmetric
        /// Private members were published; the key is compromised.
        case privateMembers = "private_members"
        /// The certificate in `x5c[0]` holds another key: quarantined (C13).
        case certificateMismatch = "certificate_mismatch"
    }

    /// The position in `keys`, from 0.
    package let index: Int
    package let code: Code
    /// The reason in one sentence, safe to print.
    package let text: String
    /// The entry's kid, when it has a usable one.
    package let keyID: [UInt8]?
    /// The key's identity, when it could be read: what a quarantine is about.
    package let spki: SHA256Digest?

    /// Whether the owner leaked a secret: an alarm, not a log line.
    package var isCritical: Bool { code == .symmetric || code == .privateMembers }

    package var description: String { "keys[\(index)]: \(text)" }
}
