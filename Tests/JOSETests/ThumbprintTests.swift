import Crypto
import Encoding
import JOSE
import Testing

@Suite("JWK thumbprint")
struct ThumbprintTests {
    @Test("of an EC key covers crv, kty, x, y in that order and nothing else")
    func ec() throws {
        guard case .ec(_, let x, let y) = Keys.a.publicKey.material else { throw KeyFault.unsupported }
        let text = #"{"crv":"P-256","kty":"EC","x":"\#(Base64URL.encode(x))","y":"\#(Base64URL.encode(y))"}"#
        #expect(Thumbprint.sha256(Keys.a.publicKey.material) == SHA256Digest.of(text))
        let body = Keys.body(
            Keys.jwk(Keys.a, kid: "1", more: #""alg":"ES256""#),
            Keys.jwk(Keys.a, kid: "2", use: "enc")
        )
        let keys = try JWKSet.decode(Array(body.utf8)).keys
        #expect(keys[0].thumbprint == keys[1].thumbprint)
    }
}
