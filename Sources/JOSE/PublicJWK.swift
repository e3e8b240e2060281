package import Crypto
package import Encoding

/// Writes a public key as a JWK (RFC 7518 §6).
package enum PublicJWK {
    /// Writes the members RFC 7638 names, and `kid`, `use` and `alg` where they are given.
    package static func write(
        _ key: PublicKey,
        keyID: String? = nil,
        use: String? = nil,
        algorithm: String? = nil,
        to json: inout JSONWriter
    ) {
        json.beginObject()
        switch key.material {
        case .rsa(let modulus, let exponent):
            json.member("kty", "RSA")
            json.member("n", Base64URL.encode(modulus))
            json.member("e", Base64URL.encode(exponent))
        case .ec(let curve, let x, let y):
            json.member("kty", "EC")
            json.member("crv", curve.rawValue)
            json.member("x", Base64URL.encode(x))
            json.member("y", Base64URL.encode(y))
        }
        if let keyID { json.member("kid", keyID) }
        if let use { json.member("use", use) }
        if let algorithm { json.member("alg", algorithm) }
        json.endObject()
    }
}
