import Crypto
import Encoding
import Testing

@testable import JOSE

@Suite("Keys of recipients")
struct RecipientKeyTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let jwk: String
        let code: String

        init(_ name: String, _ jwk: String, _ code: String) {
            (testDescription, self.jwk, self.code) = (name, jwk, code)
        }
    }

    static let refused = [
        Row("text that is not JSON", "{", "recipient_not_json"),
        Row("a member that comes twice", "{\"kty\":\"EC\",\"kty\":\"EC\"}", "recipient_not_json"),
        Row("an array", "[]", "recipient_key"),
        Row("a key set", Keys.body(Keys.jwk(Keys.a, use: "enc")), "recipient_key"),
        Row("a private key", Keys.jwk(Keys.a, use: "enc", more: "\"d\":\"AQAB\""), "recipient_private"),
        Row("a symmetric key", "{\"kty\":\"oct\",\"k\":\"AQAB\"}", "recipient_private"),
        Row("an RSA key of 1024 bits", Keys.jwk(Keys.weak, use: "enc"), "recipient_key"),
        Row("a key for signatures", Keys.jwk(Keys.a, use: "sig"), "recipient_use"),
        Row(
            "a key of another algorithm",
            Keys.jwk(Keys.rsa, use: "enc", more: "\"alg\":\"RSA-OAEP\""),
            "recipient_algorithm"
        ),
        Row(
            "an EC key that is to agree without wrapping",
            Keys.jwk(Keys.a, use: nil, more: "\"alg\":\"ECDH-ES\""),
            "recipient_algorithm"
        ),
        Row(
            "a key that may only verify",
            Keys.jwk(Keys.a, use: nil, more: "\"key_ops\":[\"verify\"]"),
            "recipient_operations"
        ),
        Row(
            "a kid of 256 bytes",
            Keys.jwk(Keys.a, kid: String(repeating: "k", count: 256), use: "enc"),
            "recipient_key"
        ),
        Row("more than 64 KiB", String(repeating: " ", count: JWERecipient.byteLimit + 1), "recipient_too_large"),
    ]

    @Test("is no recipient:", arguments: refused)
    func refuses(_ row: Row) {
        #expect {
            try JWERecipient.decode(Array(row.jwk.utf8))
        } throws: { error in
            (error as? JWEKeyFault)?.code == row.code
        }
    }

    @Test("is a recipient: RSA and EC keys, with and without use, alg and key_ops; the kid is kept")
    func takes() throws {
        let rsa = try JWERecipient.decode(
            Array(Keys.jwk(Keys.rsa, kid: "r=", use: "enc", more: "\"alg\":\"RSA-OAEP-256\"").utf8)
        )
        #expect(rsa.algorithm == .rsaOAEP256 && rsa.keyID == Array("r=".utf8))
        let ec = try JWERecipient.decode(
            Array(Keys.jwk(Keys.a, use: nil, more: "\"key_ops\":[\"deriveKey\"]").utf8)
        )
        #expect(ec.algorithm == .ecdhA256KW && ec.keyID == nil)
        #expect(ec.thumbprint == Thumbprint.sha256(Keys.a.publicKey.material))
    }

    @Test("a kid of 255 bytes is kept, and a JWK of 64 KiB is read")
    func boundsTaken() throws {
        let jwk = Keys.jwk(Keys.a, kid: String(repeating: "k", count: 255), use: "enc")
        let padded = jwk + String(repeating: " ", count: JWERecipient.byteLimit - jwk.utf8.count)
        #expect(try JWERecipient.decode(Array(padded.utf8)).keyID?.count == 255)
    }

    static let unreadable = [
        Row("a public key in PEM", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n", "recipient_public"),
        Row("a public JWK", Keys.jwk(Keys.a, use: "enc"), "recipient_public"),
        Row("nothing", "", "recipient_pem"),
        Row("a JWK whose d is of another key", jwk(Keys.a, as: Keys.b), "recipient_key"),
        Row("a JWK whose d is too short", Keys.jwk(Keys.a, use: nil, more: "\"d\":\"AQAB\""), "recipient_key"),
        Row("an RSA JWK without its factors", Keys.jwk(Keys.rsa, use: nil, more: "\"d\":\"AQAB\""), "recipient_key"),
        Row("a symmetric JWK", "{\"kty\":\"oct\",\"d\":\"AQAB\",\"k\":\"AQAB\"}", "recipient_key"),
    ]

    @Test("is no private key to open with:", arguments: unreadable)
    func refusesPrivate(_ row: Row) {
        #expect {
            try RecipientPrivateKey.decode(Array(row.jwk.utf8))
        } throws: { error in
            (error as? JWEKeyFault)?.code == row.code
        }
    }

    @Test("a private key in PEM is read, whatever white space stands before it")
    func pem() throws {
        for key in [Keys.a, Keys.rsa] {
            let read = try RecipientPrivateKey.decode(Array("\n\(key.pkcs8PEM)".utf8))
            #expect(read.publicKey.spkiSHA256 == key.publicKey.spkiSHA256)
        }
    }

    /// The JWK of one key with the private number of another: here, simply a number that is not its own.
    private static func jwk(_ key: PrivateKey, as other: PrivateKey) -> String {
        guard case .ec(_, let x, _) = other.publicKey.material else { return "" }
        return Keys.jwk(key, use: nil, more: "\"d\":\"\(Base64URL.encode(x))\"")
    }
}
