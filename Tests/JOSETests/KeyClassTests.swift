import Crypto
import Encoding
import JOSE
import Scores
import Testing

/// Keys that must not vouch for anything: what becomes of each when its set is read, and of a token under its kid.
@Suite("Key classes")
struct KeyClassTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Why the key is not loaded, nil where it is and must be refused in use.
        let skipped: SkippedKey.Code?
        /// Why a token under its kid is refused.
        let refusal: String
        let jwk: @Sendable () throws -> String
        let key: PrivateKey
        let algorithm: SignatureAlgorithm

        init(
            _ reason: String,
            skipped: SkippedKey.Code? = nil,
            _ refusal: String = "jws.unknown_key",
            key: PrivateKey = Keys.a,
            _ algorithm: SignatureAlgorithm = .ES256,
            _ jwk: @escaping @Sendable () throws -> String
        ) {
            (testDescription, self.skipped, self.refusal) = (reason, skipped, refusal)
            (self.jwk, self.key, self.algorithm) = (jwk, key, algorithm)
        }
    }

    /// A modulus of the structure of CVE-2017-15361, of two primes made for this file.
    static let vulnerable = [
        "ef8ccfee71e137939a4611d3869ee1623f58d0141b23677d6820b0623bae7af9ce28ec2ac303eaef2eeaf0c291dacccf",
        "45e10e187e6471e56b7354898901242998609cb910262745b104f34173711ada04d2285a096261c188a1ec70cd1ee2b9",
        "6dce2958e8f72d98ec4cdefa591d093e8db038e980955a0926b898ceed5b6fa9f33a14c9c869dd840bc428efe13cf2b6",
        "02f7b93fd05e7c7820fdab8962df494b93e03a581b0cac2080a85a9f70a283a51485ab1fb7332162de7ed4502171aebe",
        "0169557689d5c63f690d54585f6325f4c5df73ceac249212d5a50faee42580b6f958485c2c44259fb56ec7dfe52dc18b",
        "148309e4a08733e4817d88dabcbfbe85",
    ].joined()

    static let modulus: [UInt8] = {
        guard case .rsa(let modulus, _) = Keys.rsa.publicKey.material else { return [] }
        return modulus
    }()

    static let point: (x: [UInt8], y: [UInt8]) = {
        guard case .ec(_, let x, let y) = Keys.a.publicKey.material else { return ([], []) }
        return (x, y)
    }()

    static func rsa(_ modulus: [UInt8] = modulus, _ exponent: [UInt8] = [1, 0, 1]) -> String {
        "{\(Keys.numbers(.rsa(modulus: modulus, exponent: exponent))),\"kid\":\"k\"}"
    }

    static func ec(_ curve: String, _ x: [UInt8], _ y: [UInt8]) -> String {
        "{\"kty\":\"EC\",\"crv\":\"\(curve)\",\"x\":\"\(Base64URL.encode(x))\",\"y\":\"\(Base64URL.encode(y))\",\"kid\":\"k\"}"
    }

    static let rows: [Row] = [
        Row("RSA with the ROCA structure", skipped: .unfit, key: Keys.rsa, .PS256) {
            rsa(try #require(Hex.decode(vulnerable)))
        },
        Row("RSA of 1,024 bits", skipped: .unfit, key: Keys.weak, .PS256) { Keys.jwk(Keys.weak, kid: "k") },
        Row("RSA of 2,047 bits", skipped: .unfit, key: Keys.rsa, .PS256) { rsa([0x7F] + modulus.dropFirst()) },
        Row("RSA of 8,193 bits", skipped: .unfit, key: Keys.rsa, .PS256) {
            rsa([1] + [UInt8](repeating: 0xFF, count: 1_024))
        },
        Row("an even modulus", skipped: .unfit, key: Keys.rsa, .PS256) { rsa(modulus.dropLast() + [0xFE]) },
        Row("exponent 1", skipped: .unfit, key: Keys.rsa, .PS256) { rsa(modulus, [1]) },
        Row("exponent 3", skipped: .unfit, key: Keys.rsa, .PS256) { rsa(modulus, [3]) },
        Row("exponent 65535", skipped: .unfit, key: Keys.rsa, .PS256) { rsa(modulus, [0xFF, 0xFF]) },
        Row("exponent 65538, even", skipped: .unfit, key: Keys.rsa, .PS256) { rsa(modulus, [1, 0, 2]) },
        Row("exponent of 33 bits", skipped: .unfit, key: Keys.rsa, .PS256) { rsa(modulus, [1, 0, 0, 0, 1]) },
        Row("a point off its curve", skipped: .unfit) { ec("P-256", point.x, point.y.dropLast() + [point.y[31] ^ 1]) },
        Row("the point zero", skipped: .unfit) {
            ec("P-256", [UInt8](repeating: 0, count: 32), [UInt8](repeating: 0, count: 32))
        },
        Row("a coordinate of 31 bytes", skipped: .unfit) { ec("P-256", Array(point.x.dropFirst()), point.y) },
        Row("a coordinate of 33 bytes", skipped: .unfit) { ec("P-256", [0] + point.x, point.y) },
        Row("P-384 with coordinates of P-256", skipped: .unfit) { ec("P-384", point.x, point.y) },
        Row("secp256k1", skipped: .unknownCurve) { ec("secp256k1", point.x, point.y) },
        Row("kty RSA with the members of EC", skipped: .member) {
            ec("P-256", point.x, point.y).replacing("\"EC\"", with: "\"RSA\"")
        },
        Row("a symmetric key", skipped: .symmetric) { #"{"kty":"oct","k":"c2VjcmV0","kid":"k"}"# },
        Row("a private key", skipped: .privateMembers) { Keys.jwk(Keys.a, kid: "k", more: "\"d\":\"AA\"") },
        Row("use enc", "jws.unfit_key") { Keys.jwk(Keys.a, kid: "k", use: "enc") },
        Row("use tls", "jws.unfit_key") { Keys.jwk(Keys.a, kid: "k", use: "tls") },
        Row("key_ops sign", "jws.unfit_key") { Keys.jwk(Keys.a, kid: "k", more: #""key_ops":["sign"]"#) },
        Row("key_ops encrypt", "jws.unfit_key") { Keys.jwk(Keys.a, kid: "k", more: #""key_ops":["encrypt"]"#) },
        Row("alg ES384 on a P-256 key", "jws.unfit_key") { Keys.jwk(Keys.a, kid: "k", more: #""alg":"ES384""#) },
        Row("alg RS256 and a PS256 token", "jws.unfit_key", key: Keys.rsa, .PS256) {
            Keys.jwk(Keys.rsa, kid: "k", more: #""alg":"RS256""#)
        },
        Row("the kid of two keys, neither the signer's", "jws.signature") {
            "\(Keys.jwk(Keys.b, kid: "k")),\(Keys.jwk(Keys.c, kid: "k"))"
        },
    ]

    static func refusal(_ row: Row) throws -> String? {
        // A good key stands beside it: a set is no worse for one bad entry, and the good key never fills in.
        let set = try Keys.set(Keys.body(try row.jwk(), Keys.jwk(Keys.d, kid: "good")))
        let text = try Token.make(#"{"alg":"\#(row.algorithm.rawValue)","kid":"k"}"#, key: row.key, row.algorithm)
        do {
            _ = try JWS.verify(ByteSlice(text), keys: set)
            return nil
        } catch { return error.code }
    }

    @Test("is refused when read, or when used", arguments: rows)
    func isRefused(_ row: Row) throws {
        let set = try JWKSet.decode(Array(Keys.body(try row.jwk()).utf8))
        #expect(set.skipped.first?.code == row.skipped)
        #expect(set.keys.isEmpty == (row.skipped != nil))
        #expect(try Self.refusal(row) == row.refusal)
    }

    @Test("the same numbers, well formed, are taken")
    func baseline() throws {
        let body = Keys.body(Self.rsa(), Self.ec("P-256", Self.point.x, Self.point.y))
        #expect(try JWKSet.decode(Array(body.utf8)).keys.count == 2)
    }

    @Test("none of the table vouches for a token")
    func score() throws {
        let accepted = try Self.rows.filter { try Self.refusal($0) == nil }.map(\.testDescription)
        #expect(accepted == [])
        let count = Self.rows.count
        Score("own key classes", passed: count - accepted.count, of: count, falseAccepts: accepted).record()
    }

    @Test("a request costs at most 64 signature checks: three tokens, each tried with four keys, and a path")
    func budget() {
        let path = ChainVerifier.depthLimit + 1
        #expect(3 * KeyCandidates.limit + path <= 64)
    }
}
