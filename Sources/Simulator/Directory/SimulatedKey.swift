package import Crypto
import Encoding

/// A key pair of the simulated directory with the kid it is published under.
package struct SimulatedKey: Sendable {
    /// The key pair.
    package let privateKey: PrivateKey
    /// The kid.
    package let kid: String

    /// Names a key as the key store does: the SHA-1 of the RFC 7638 canonical form, unpadded base64url.
    package init(_ privateKey: PrivateKey) {
        let canonical = Self.numbers(privateKey.publicKey).json
        self.init(privateKey, kid: Base64URL.encode(Digest.sha1(Array(canonical.utf8))))
    }

    /// Names a key as asked.
    package init(_ privateKey: PrivateKey, kid: String) {
        (self.privateKey, self.kid) = (privateKey, kid)
    }

    /// Names a key as the directory does its own: 32 bytes in base64url with the padding kept.
    static func directory(_ privateKey: PrivateKey) -> SimulatedKey {
        SimulatedKey(privateKey, kid: padded(privateKey.publicKey.spkiSHA256.bytes))
    }

    /// PS256 or ES256.
    package var algorithm: SignatureAlgorithm {
        if case .ec = privateKey.publicKey.kind { return .ES256 }
        return .PS256
    }

    /// The required members of the JWK in the order of their names (RFC 7638 section 3.2).
    static func numbers(_ key: PublicKey) -> DraftMembers {
        switch key.material {
        case .rsa(let modulus, let exponent):
            ["e": .text(Base64URL.encode(exponent)), "kty": "RSA", "n": .text(Base64URL.encode(modulus))]
        case .ec(let curve, let x, let y):
            [
                "crv": .text(curve.rawValue), "kty": "EC", "x": .text(Base64URL.encode(x)),
                "y": .text(Base64URL.encode(y)),
            ]
        }
    }

    /// Base64url that keeps its padding, as `x5t` has it in the key store.
    static func padded(_ bytes: [UInt8]) -> String {
        let text = Base64URL.encode(bytes)
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }
}
