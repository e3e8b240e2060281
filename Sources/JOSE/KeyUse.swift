/// What a JWK says it is for (RFC 7517 §4.2; the directory adds `tls`).
package enum KeyUse: Hashable, Sendable {
    /// Signatures.
    case sig
    /// A transport certificate's key.
    case tls
    /// Encryption.
    case enc
    /// No `use` member.
    case none
    /// Any other value, as sent.
    case other(String)

    package init(_ name: String?) {
        switch name {
        case nil: self = .none
        case "sig": self = .sig
        case "tls": self = .tls
        case "enc": self = .enc
        case .some(let other): self = .other(other)
        }
    }

    /// The member's value, or "absent".
    package var name: String {
        switch self {
        case .sig: "sig"
        case .tls: "tls"
        case .enc: "enc"
        case .none: "absent"
        case .other(let name): name
        }
    }

    /// Whether a signature may be judged with such a key: `sig`, or no `use` at all.
    package var allowsSignatures: Bool { self == .sig || self == .none }
}
