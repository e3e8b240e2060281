@testable import Crypto
import Encoding
import Testing

struct PrivateKeyTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let algorithm: SignatureAlgorithm
        let key: PrivateKey
        let count: Int
        var testDescription: String { algorithm.rawValue }
    }

    static let rows = [
        Row(algorithm: .PS256, key: Fixture.rsa, count: 256), Row(algorithm: .PS384, key: Fixture.rsa, count: 256),
        Row(algorithm: .PS512, key: Fixture.rsa, count: 256), Row(algorithm: .RS256, key: Fixture.rsa, count: 256),
        Row(algorithm: .ES256, key: Fixture.p256, count: 64), Row(algorithm: .ES384, key: Fixture.p384, count: 96),
        Row(algorithm: .ES512, key: Fixture.p521, count: 132),
    ]

    @Test("what is signed verifies, also after PEM, and nothing else does", arguments: rows)
    func roundTrip(_ row: Row) throws {
        let key = try PrivateKey(pem: row.key.pkcs8PEM)
        #expect(key.publicKey.material == row.key.publicKey.material)
        let message = Array("eyJhbGciOiJQUzI1NiJ9.e30".utf8)
        let verifier = SignatureVerifier()
        for _ in 0..<8 {
            let signature = try key.sign(message, row.algorithm)
            #expect(signature.count == row.count)
            func verifies(_ signature: [UInt8], _ message: [UInt8]) -> Bool {
                verifier.verify(ByteSlice(signature), over: ByteSlice(message), with: row.key.publicKey, row.algorithm)
            }
            #expect(verifies(signature, message))
            #expect(!verifies(signature, message + [0]))
            #expect(!verifies(signature + [0], message))
            #expect(!verifies([0] + signature, message))
            #expect(!verifies(Array(signature.dropLast()), message))
            #expect(!verifies([], message))
            #expect(!verifies([UInt8](repeating: 0, count: row.count), message))
            #expect(!verifies([UInt8](repeating: 255, count: row.count), message))
            for other in SignatureAlgorithm.allCases where other != row.algorithm {
                #expect(
                    !verifier.verify(
                        ByteSlice(signature),
                        over: ByteSlice(message),
                        with: row.key.publicKey,
                        other
                    )
                )
            }
        }
    }

    @Test("a key does not sign with another kind's algorithm")
    func unfit() {
        #expect(throws: CryptoError.unfit(.ES256)) { try Fixture.rsa.sign([1], .ES256) }
        #expect(throws: CryptoError.unfit(.PS256)) { try Fixture.p256.sign([1], .PS256) }
        #expect(throws: CryptoError.unfit(.ES384)) { try Fixture.p256.sign([1], .ES384) }
    }

    @Test(
        "text that is no key, or an encrypted one, is refused without a question",
        arguments: [
            "", "hello", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            // A P-256 key under the passphrase "x".
            """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhfFCnjHkKB0QICA+gw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEAQIEEHHQfAdewJqYmF68bUrsNJQEgZAa
            +2mJNem/0utqx/6sxLc2csaoWMidbCM0/WJx14yqoZiHQfEab/OROVybQkDJEW6z
            dn4jVnBCM9YGk2/95YfdhZNmTXk4YddZ0731VbA5W1pXA0VGshjibaD6IWJ2xnHE
            m7cDj9S/TALE7qQxKVTJ9bN5j7NBG/vAWJB7f+IgvdfDCEFDalrFbEcBgl8ZWGQ=
            -----END ENCRYPTED PRIVATE KEY-----
            """,
        ]
    )
    func unreadable(_ text: String) {
        #expect(throws: CryptoError.self) { try PrivateKey(pem: text) }
    }

    @Test("a weak private key is refused unless asked for")
    func weak() throws {
        #expect(throws: CryptoError.key(.rsaTooSmall(bits: 1024))) { try PrivateKey(pem: Fixture.weakRSA.pkcs8PEM) }
        #expect(
            try PrivateKey(pem: Fixture.weakRSA.pkcs8PEM, bounds: RSABounds(bits: 1024...8192)).publicKey.kind
                == .rsa(bits: 1024)
        )
    }
}
