package import Crypto

/// How the content key of a JWE is given to its recipient (RFC 7518 §4): one way for each kind of key.
package enum JWEKeyAlgorithm: String, Sendable, CaseIterable {
    /// RSA encryption with OAEP and SHA-256 (RFC 7518 §4.3).
    case rsaOAEP256 = "RSA-OAEP-256"
    /// A key agreed upon with an ephemeral key wraps it (RFC 7518 §4.6).
    case ecdhA256KW = "ECDH-ES+A256KW"

    /// The one for keys of a kind.
    package init(_ kind: PublicKey.Kind) {
        switch kind {
        case .rsa: self = .rsaOAEP256
        case .ec: self = .ecdhA256KW
        }
    }
}
