import Crypto
import Encoding
import JOSE

/// Keys made once for all tests, and the JWKs around them.
enum Keys {
    static let a = make { () throws(CryptoError) in try .generateEC(.p256) }
    static let b = make { () throws(CryptoError) in try .generateEC(.p256) }
    static let c = make { () throws(CryptoError) in try .generateEC(.p256) }
    static let d = make { () throws(CryptoError) in try .generateEC(.p256) }
    static let e = make { () throws(CryptoError) in try .generateEC(.p256) }
    static let rsa = make { () throws(CryptoError) in try .generateRSA() }
    static let weak = make { () throws(CryptoError) in try .generateRSA(bits: 1024) }

    /// A JWK's members for `key` and then `more`, raw JSON.
    static func jwk(_ key: PrivateKey, kid: String? = nil, use: String? = "sig", more: String = "") -> String {
        var members = numbers(key.publicKey.material)
        if let kid { members += ",\"kid\":\"\(kid)\"" }
        if let use { members += ",\"use\":\"\(use)\"" }
        return "{\(members)\(more.isEmpty ? "" : ",")\(more)}"
    }

    static func numbers(_ material: PublicKey.Material) -> String {
        switch material {
        case .rsa(let n, let e): "\"kty\":\"RSA\",\"n\":\"\(Base64URL.encode(n))\",\"e\":\"\(Base64URL.encode(e))\""
        case .ec(let curve, let x, let y):
            "\"kty\":\"EC\",\"crv\":\"\(curve.rawValue)\",\"x\":\"\(Base64URL.encode(x))\",\"y\":\"\(Base64URL.encode(y))\""
        }
    }

    static func body(_ jwks: String...) -> String { "{\"keys\":[\(jwks.joined(separator: ","))]}" }

    /// A self-signed certificate.
    static func certificate(_ key: PrivateKey) throws -> [UInt8] {
        let name = NameTemplate([.init(oid: "2.5.4.3", value: "software1")])
        return try CertificateTemplate(
            subject: name,
            publicKey: key.publicKey,
            notBefore: 1_767_225_600,
            notAfter: 1_798_761_600
        ).issue(by: key)
    }

    static func set(_ body: String) throws -> KeySet {
        KeySet(
            url: "https://keystore.example/org/software.jwks",
            class: .software,
            fetchedAt: 1_000,
            freshUntil: 2_000,
            usableUntil: 3_000,
            keys: try JWKSet.decode(Array(body.utf8)).keys
        )
    }

    private static func make(_ body: () throws(CryptoError) -> PrivateKey) -> PrivateKey {
        do { return try body() } catch { fatalError("no key for the tests: \(error)") }
    }
}
