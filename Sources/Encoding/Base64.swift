/// Base64 with the alphabet of RFC 4648 §4, as certificates and PEM use it: padded, no white space.
package enum Base64 {
    /// The padded text of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        let buffer = ByteBuffer(capacity: bytes.count / 3 * 4 + 8)
        encode(ByteSlice(bytes), into: buffer)
        return buffer.all.string
    }

    /// Appends the padded text of `slice`.
    package static func encode(_ slice: ByteSlice, into buffer: ByteBuffer) {
        let room = (slice.count / 3 + 1) * 4
        buffer.reserve(room)
        unsafe slice.withUnsafeBytes { input in
            unsafe buffer.appendUnsafe(room) { output in
                unsafe Base64Alphabet.standard.encode(input, output)
            }
        }
        for _ in 0..<((3 - slice.count % 3) % 3) { buffer.append(UInt8(ascii: "=")) }
    }

    /// The bytes `text` stands for; padding is required unless `paddingOptional`.
    package static func decode(_ text: String, paddingOptional: Bool = false) throws(Base64Error) -> [UInt8] {
        let buffer = ByteBuffer(capacity: text.utf8.count)
        try decode(ByteSlice(text), into: buffer, paddingOptional: paddingOptional)
        return buffer.all.bytes
    }

    /// Appends the bytes `slice` stands for; on an error the buffer is as before.
    package static func decode(
        _ slice: ByteSlice,
        into buffer: ByteBuffer,
        paddingOptional: Bool = false
    ) throws(Base64Error) {
        let padding = paddingLength(of: slice)
        let letters = slice[0..<(slice.count - padding)]
        if padding > 0 || !paddingOptional, slice.count % 4 != 0 {
            throw unsafe letters.withUnsafeBytes { unsafe Base64Alphabet.standard.fault(in: $0) } ?? .length
        }
        try decode(letters, into: buffer, .standard)
    }

    /// Appends the bytes of unpadded characters of `alphabet`.
    static func decode(
        _ slice: ByteSlice,
        into buffer: ByteBuffer,
        _ alphabet: Base64Alphabet
    ) throws(Base64Error) {
        let room = slice.count / 4 * 3 + 8
        buffer.reserve(room)
        try unsafe slice.withUnsafeBytes { (input) throws(Base64Error) in
            try unsafe buffer.appendUnsafe(room) { (output) throws(Base64Error) -> Int in
                try unsafe alphabet.decode(input, output)
            }
        }
    }

    /// Appends the bytes of lines of 64 characters from `start` on, as long as they are that; returns how many characters,
    /// line feeds among them, that were.
    static func decodeLines(_ text: ByteSlice, from start: Int, into buffer: ByteBuffer) -> Int {
        let room = (text.count - start) / 65 * 48 + 8
        guard room > 8 else { return 0 }
        buffer.reserve(room)
        return unsafe text[start..<text.count].withUnsafeBytes { input in
            var lines = 0
            unsafe buffer.appendUnsafe(room) { output in
                lines = unsafe Base64Alphabet.standard.decodeLines(input, output)
                return lines * 48
            }
            return lines * 65
        }
    }

    /// How many `=` end the text, at most two.
    private static func paddingLength(of slice: ByteSlice) -> Int {
        var length = 0
        while length < min(2, slice.count), slice[slice.count - 1 - length] == UInt8(ascii: "=") { length += 1 }
        return length
    }
}
