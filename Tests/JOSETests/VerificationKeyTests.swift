import Crypto
import Encoding
import JOSE
import Testing

@Suite("Verification key")
struct VerificationKeyTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let jwk: @Sendable () -> String
        let algorithm: SignatureAlgorithm
        let refusal: KeyRefusal?

        init(
            _ reason: String,
            _ algorithm: SignatureAlgorithm,
            _ refusal: KeyRefusal?,
            _ jwk: @escaping @Sendable () -> String
        ) {
            (testDescription, self.jwk, self.algorithm, self.refusal) = (reason, jwk, algorithm, refusal)
        }
    }

    @Test(
        "judges only what it is for",
        arguments: [
            Row("use sig", .ES256, nil) { Keys.jwk(Keys.a) },
            Row("no use", .ES256, nil) { Keys.jwk(Keys.a, use: nil) },
            Row("use tls", .ES256, .use(.tls)) { Keys.jwk(Keys.a, use: "tls") },
            Row("use enc", .ES256, .use(.enc)) { Keys.jwk(Keys.a, use: "enc") },
            Row("use SIG", .ES256, .use(.other("SIG"))) { Keys.jwk(Keys.a, use: "SIG") },
            Row("key_ops verify", .ES256, nil) { Keys.jwk(Keys.a, more: #""key_ops":["verify"]"#) },
            Row("key_ops sign", .ES256, .operations) { Keys.jwk(Keys.a, more: #""key_ops":["sign"]"#) },
            Row("key_ops empty", .ES256, .operations) { Keys.jwk(Keys.a, more: #""key_ops":[]"#) },
            Row("key_ops of encryption", .ES256, .operations) { Keys.jwk(Keys.a, more: #""key_ops":["encrypt"]"#) },
            Row("alg the same", .ES256, nil) { Keys.jwk(Keys.a, more: #""alg":"ES256""#) },
            Row("alg another", .PS256, .algorithm("RS256")) { Keys.jwk(Keys.rsa, more: #""alg":"RS256""#) },
            Row("alg unknown", .ES256, .algorithm("ES521")) { Keys.jwk(Keys.a, more: #""alg":"ES521""#) },
            Row("RSA for PS256", .PS256, nil) { Keys.jwk(Keys.rsa) },
            Row("RSA for ES256", .ES256, .kind) { Keys.jwk(Keys.rsa) },
            Row("P-256 for ES384", .ES384, .kind) { Keys.jwk(Keys.a) },
            Row("EC for PS256", .PS256, .kind) { Keys.jwk(Keys.a) },
        ]
    )
    func refusals(_ row: Row) throws {
        let key = try #require(JWKSet.decode(Array(Keys.body(row.jwk()).utf8)).keys.first)
        #expect(key.refusal(for: row.algorithm) == row.refusal)
    }
}
