import Crypto
import Encoding
import Testing

struct IdentifierTests {
    @Test("a version 4 UUID of given bytes")
    func uuid() {
        let buffer = ByteBuffer()
        Identifier.uuidV4(from: ByteSlice([UInt8](0...15)), into: buffer)
        Identifier.uuidV4(from: ByteSlice([UInt8](repeating: 255, count: 16)), into: buffer)
        #expect(buffer.all.string == "00010203-0405-4607-8809-0a0b0c0d0e0f" + "ffffffff-ffff-4fff-bfff-ffffffffffff")
    }

    @Test("a secret is 32 characters of the base64url alphabet")
    func secret() throws {
        let random = ByteBuffer()
        try SecureRandom.fill(random, 2 * Identifier.secretByteCount)
        let buffer = ByteBuffer()
        Identifier.secret32(from: random[0..<24], into: buffer)
        Identifier.secret32(from: random[24..<48], into: buffer)
        let text = buffer.all.string
        #expect(text.count == 64)
        #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        #expect(text.prefix(32) != text.suffix(32))
    }

    @Test("random bytes come in the number asked for and differ", arguments: [0, 1, 32, 256, 257, 4096])
    func random(_ count: Int) throws {
        let (one, other) = (try SecureRandom.bytes(count), try SecureRandom.bytes(count))
        #expect(one.count == count)
        #expect(count < 32 || one != other)
        let buffer = ByteBuffer()
        try SecureRandom.fill(buffer, count)
        #expect(buffer.count == count)
        if count >= 512 { #expect(Set(one).count > 128) }
    }
}
