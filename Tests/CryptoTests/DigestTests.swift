@testable import Crypto
import Encoding
import Testing

struct DigestTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let sha256: String
        var testDescription: String { "\"\(text.prefix(20))\"" }
    }

    static let rows = [
        Row(text: "", sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        Row(text: "abc", sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Row(
            text: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            sha256: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test("SHA-256 of FIPS 180-4's examples, by every way in and out", arguments: rows)
    func sha256(_ row: Row) throws {
        let digest = SHA256Digest.of(row.text)
        #expect(digest.hex == row.sha256)
        #expect(digest.description == row.sha256)
        #expect(digest.prefix16 == row.sha256.prefix(16))
        #expect(digest == SHA256Digest.of(Array(row.text.utf8)))
        #expect(digest == SHA256Digest.of(ByteSlice(row.text)))
        #expect(digest == SignatureVerifier().sha256(ByteSlice(row.text)))
        #expect(digest == SHA256Digest(bytes: digest.bytes))
        #expect(Hex.encode(digest.bytes) == row.sha256)
        let buffer = ByteBuffer()
        digest.appendHex(to: buffer)
        #expect(buffer.all.string == row.sha256)
    }

    @Test("a digest has 32 bytes", arguments: [0, 31, 33])
    func length(_ count: Int) {
        #expect(SHA256Digest(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }

    @Test("the other hashes of \"abc\"")
    func others() {
        let abc = Array("abc".utf8)
        #expect(Hex.encode(Digest.sha1(abc)) == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(
            Hex.encode(Digest.sha384(abc))
                == "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
        )
        #expect(
            Hex.encode(Digest.sha512(abc))
                == "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        )
    }

    @Test("HMAC-SHA-256 of RFC 4231, and of nothing under no key")
    func hmac() {
        let tag = HMACSHA256.tag(key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(Hex.encode(tag) == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        let empty = HMACSHA256.tag(key: [], [])
        #expect(Hex.encode(empty) == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("equality in constant time is equality")
    func constantTime() {
        #expect(constantTimeEqual([], []))
        #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
    }
}
