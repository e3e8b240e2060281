/// The ways metadata of bundles is signed (TUF 1.0 §4.2); the names are those of the metadata.
package enum SigningScheme: String, Sendable, CaseIterable {
    case ed25519
    case ecdsaP256 = "ecdsa-sha2-nistp256"
    case rsaPSS = "rsassa-pss-sha256"

    /// The name of the same way to sign in JOSE (RFC 7518 §3.1, RFC 8037 §3.1).
    package var jwsAlgorithm: String {
        switch self {
        case .ed25519: "EdDSA"
        case .ecdsaP256: "ES256"
        case .rsaPSS: "PS256"
        }
    }
}
