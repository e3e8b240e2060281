import Encoding
import Testing

@testable import Crypto

@Suite("Ciphers that seal results")
struct CipherTests {
    private static let zeros = [UInt8](repeating: 0, count: 12)

    /// RFC 7516 appendix A.1: content key, initialization vector, header as text, ciphertext and tag.
    private static let key: [UInt8] = [
        177, 161, 244, 128, 84, 143, 225, 115, 63, 180, 3, 255, 107, 154, 212, 246, 138, 7, 110, 91, 112, 46, 34, 105,
        47, 130, 203, 46, 122, 234, 64, 252,
    ]
    private static let nonce: [UInt8] = [227, 197, 117, 252, 2, 219, 233, 68, 180, 225, 77, 219]
    private static let associated = Array("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ".utf8)
    private static let plaintext = Array("The true sign of intelligence is not knowledge but imagination.".utf8)
    private static let ciphertext =
        "5eym8TW_c8SuK0ltJ3rpYIzOeDQz7TALvtu6UG9oMo4vpzs9tX_EFShS8iB7j6jiSdiwkIr3ajwQzaBtQD_A"
    private static let tag = "XFBoMYUZodetZdvTiFvSkQ"

    @Test("AES-256-GCM seals and opens as RFC 7516 A.1 shows")
    func gcmVector() throws {
        let sealed = try AESGCM.seal(Self.plaintext, key: Self.key, nonce: Self.nonce, associated: Self.associated)
        #expect(Base64URL.encode(sealed.ciphertext) == Self.ciphertext)
        #expect(Base64URL.encode(sealed.tag) == Self.tag)
        let opened = AESGCM.open(sealed, key: Self.key, nonce: Self.nonce, associated: Self.associated)
        #expect(opened == Self.plaintext)
    }

    /// One thing about a sealed text that is not as it was.
    struct Damage: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let apply: @Sendable (inout AESGCM.Sealed, inout [UInt8], inout [UInt8], inout [UInt8]) -> Void

        init(
            _ name: String,
            _ apply: @escaping @Sendable (inout AESGCM.Sealed, inout [UInt8], inout [UInt8], inout [UInt8]) -> Void
        ) {
            testDescription = name
            self.apply = apply
        }
    }

    @Test(
        "AES-256-GCM does not open",
        arguments: [
            Damage("a changed ciphertext") { sealed, _, _, _ in sealed.ciphertext[0] ^= 1 },
            Damage("a shorter ciphertext") { sealed, _, _, _ in sealed.ciphertext.removeLast() },
            Damage("a changed tag") { sealed, _, _, _ in sealed.tag[15] ^= 128 },
            Damage("a tag of 15 bytes, though it is the tag's beginning") { sealed, _, _, _ in sealed.tag.removeLast()
            },
            Damage("no tag") { sealed, _, _, _ in sealed.tag = [] },
            Damage("under another key") { _, key, _, _ in key[31] ^= 1 },
            Damage("under a key of 31 bytes") { _, key, _, _ in key.removeLast() },
            Damage("with another nonce") { _, _, nonce, _ in nonce[0] ^= 1 },
            Damage("with a nonce of 13 bytes") { _, _, nonce, _ in nonce.append(0) },
            Damage("with another associated text") { _, _, _, associated in associated[0] ^= 1 },
        ]
    )
    func gcmDamage(_ damage: Damage) throws {
        var (key, nonce, associated) = (Self.key, Self.nonce, Self.associated)
        var sealed = try AESGCM.seal(Self.plaintext, key: key, nonce: nonce, associated: associated)
        damage.apply(&sealed, &key, &nonce, &associated)
        #expect(AESGCM.open(sealed, key: key, nonce: nonce, associated: associated) == nil)
    }

    @Test("AES-GCM seals nothing as nothing with a tag, and takes no key or nonce of another size")
    func gcmSizes() throws {
        let empty = try AESGCM.seal([], key: Self.key, nonce: Self.nonce, associated: [])
        #expect(empty.ciphertext.isEmpty && empty.tag.count == 16)
        #expect(AESGCM.open(empty, key: Self.key, nonce: Self.nonce, associated: []) == [])
        for (key, nonce) in [(31, 12), (33, 12), (32, 11), (32, 16)] {
            #expect(throws: CryptoError.cipherInput) {
                try AESGCM.seal(
                    [1],
                    key: [UInt8](repeating: 1, count: key),
                    nonce: [UInt8](repeating: 1, count: nonce),
                    associated: []
                )
            }
        }
    }

    /// RFC 3394 section 4: wrapping key, key, wrapped key.
    static let wraps = [
        [
            "000102030405060708090a0b0c0d0e0f", "00112233445566778899aabbccddeeff",
            "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5",
        ],
        [
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "00112233445566778899aabbccddeeff",
            "64e8c3f9ce0f5ba263e9777905818a2a93c8191e7d6e8ae7",
        ],
        [
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f",
            "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21",
        ],
    ]

    @Test("AES Key Wrap wraps and unwraps as RFC 3394 shows", arguments: wraps)
    func wrapVectors(_ row: [String]) throws {
        let bytes = try row.map { try #require(Hex.decode($0)) }
        #expect(try AESKeyWrap.wrap(bytes[1], under: bytes[0]) == bytes[2])
        #expect(AESKeyWrap.unwrap(bytes[2], under: bytes[0]) == bytes[1])
        for place in bytes[2].indices {
            var changed = bytes[2]
            changed[place] ^= 1
            #expect(AESKeyWrap.unwrap(changed, under: bytes[0]) == nil, "byte \(place) changed")
        }
        #expect(AESKeyWrap.unwrap(bytes[2].dropLast(), under: bytes[0]) == nil)
        #expect(AESKeyWrap.unwrap([], under: bytes[0]) == nil)
        #expect(AESKeyWrap.unwrap(bytes[2], under: bytes[0].reversed()) == nil)
    }

    @Test("a key that is not a whole number of eight bytes is not wrapped", arguments: [0, 8, 15, 17, 65, 72])
    func wrapSizes(_ count: Int) {
        #expect(throws: CryptoError.cipherInput) {
            try AESKeyWrap.wrap([UInt8](repeating: 1, count: count), under: [UInt8](repeating: 2, count: 32))
        }
    }

    @Test("RSA-OAEP decrypts what was encrypted to the key, and nothing else")
    func oaep() throws {
        let (key, other) = (try PrivateKey.generateRSA(), try PrivateKey.generateRSA())
        let secret = try SecureRandom.bytes(32)
        var ciphertext = try RSAOAEP.encrypt(secret, to: key.publicKey)
        #expect(RSAOAEP.decrypt(ciphertext, with: key) == secret)
        #expect(try RSAOAEP.encrypt(secret, to: key.publicKey) != ciphertext)
        #expect(RSAOAEP.decrypt(ciphertext, with: other) == nil)
        #expect(RSAOAEP.decrypt(ciphertext.dropLast(), with: key) == nil)
        ciphertext[200] ^= 1
        #expect(RSAOAEP.decrypt(ciphertext, with: key) == nil)
        #expect(throws: CryptoError.self) { try RSAOAEP.encrypt([UInt8](repeating: 0, count: 191), to: key.publicKey) }
    }

    @Test("two keys of a curve share one secret; keys of two curves share none", arguments: EllipticCurve.allCases)
    func agreement(_ curve: EllipticCurve) throws {
        let (one, other) = (try PrivateKey.generateEC(curve), try PrivateKey.generateEC(curve))
        let secret = try KeyAgreement.secret(one, other.publicKey)
        #expect(secret.count == curve.byteCount)
        #expect(try KeyAgreement.secret(other, one.publicKey) == secret)
        let stranger = try PrivateKey.generateEC(curve == .p256 ? .p384 : .p256)
        #expect(throws: CryptoError.cipherInput) { try KeyAgreement.secret(one, stranger.publicKey) }
    }
}
