package import Encoding

/// Names and secrets made of random bytes that the caller took for a whole group at once.
package enum Identifier {
    /// The random bytes of one UUID.
    package static let uuidByteCount = 16
    /// The random bytes of one secret: 192 bits.
    package static let secretByteCount = 24

    /// Appends a lower-case version 4 UUID (RFC 9562 §5.4), 36 characters, made of 16 random bytes.
    package static func uuidV4(from random: ByteSlice, into buffer: ByteBuffer) {
        precondition(random.count == uuidByteCount, "a UUID takes 16 bytes")
        for at in 0..<uuidByteCount {
            if at == 4 || at == 6 || at == 8 || at == 10 { buffer.append(0x2D) }
            var byte = random[at]
            if at == 6 { byte = byte & 0x0F | 0x40 }
            if at == 8 { byte = byte & 0x3F | 0x80 }
            buffer.append(digit(byte >> 4))
            buffer.append(digit(byte & 15))
        }
    }

    /// Appends a secret of 32 characters of `A-Za-z0-9_-`, made of 24 random bytes.
    package static func secret32(from random: ByteSlice, into buffer: ByteBuffer) {
        precondition(random.count == secretByteCount, "a secret takes 24 bytes")
        Base64URL.encode(random, into: buffer)
    }

    /// Returns a fresh UUID: for single uses away from the hot path.
    package static func uuidV4() throws(CryptoError) -> String {
        let buffer = ByteBuffer(capacity: 36)
        uuidV4(from: ByteSlice(try SecureRandom.bytes(uuidByteCount)), into: buffer)
        return buffer.all.string
    }

    private static func digit(_ nibble: UInt8) -> UInt8 {
        nibble < 10 ? 0x30 + nibble : 0x57 + nibble
    }
}
