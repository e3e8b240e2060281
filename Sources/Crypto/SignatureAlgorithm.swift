/// The JWS algorithms that exist here (RFC 7518 §3.1): all asymmetric, no `none`, no HMAC.
package enum SignatureAlgorithm: String, Sendable, CaseIterable {
    case PS256
    case PS384
    case PS512
    case ES256
    case ES384
    case ES512
    case RS256

    /// How the signature is made: hash and padding.
    var scheme: SignatureScheme {
        switch self {
        case .PS256: SignatureScheme(.pss, .sha256)
        case .PS384: SignatureScheme(.pss, .sha384)
        case .PS512: SignatureScheme(.pss, .sha512)
        case .ES256: SignatureScheme(.ecdsa, .sha256)
        case .ES384: SignatureScheme(.ecdsa, .sha384)
        case .ES512: SignatureScheme(.ecdsa, .sha512)
        case .RS256: SignatureScheme(.pkcs1, .sha256)
        }
    }

    /// The only curve an ECDSA algorithm goes with (RFC 7518 §3.4); nil for RSA.
    package var curve: EllipticCurve? {
        switch self {
        case .ES256: .p256
        case .ES384: .p384
        case .ES512: .p521
        case .PS256, .PS384, .PS512, .RS256: nil
        }
    }
}
