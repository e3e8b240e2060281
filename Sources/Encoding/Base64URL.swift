/// Base64url as JOSE writes it (RFC 4648 §5, RFC 7515 §2): no padding, no white space, one spelling per byte string.
package enum Base64URL {
    /// The text of `bytes`.
    package static func encode(_ bytes: [UInt8]) -> String {
        let buffer = ByteBuffer(capacity: bytes.count / 3 * 4 + 8)
        encode(ByteSlice(bytes), into: buffer)
        return buffer.all.string
    }

    /// Appends the text of `slice`.
    package static func encode(_ slice: ByteSlice, into buffer: ByteBuffer) {
        let room = (slice.count / 3 + 1) * 4
        buffer.reserve(room)
        unsafe slice.withUnsafeBytes { input in
            unsafe buffer.appendUnsafe(room) { output in
                unsafe Base64Alphabet.url.encode(input, output)
            }
        }
    }

    /// The bytes `text` stands for.
    package static func decode(_ text: String) throws(Base64Error) -> [UInt8] {
        let buffer = ByteBuffer(capacity: text.utf8.count)
        try decode(ByteSlice(text), into: buffer)
        return buffer.all.bytes
    }

    /// Appends the bytes `slice` stands for; on an error the buffer is as before.
    package static func decode(_ slice: ByteSlice, into buffer: ByteBuffer) throws(Base64Error) {
        try Base64.decode(slice, into: buffer, .url)
    }
}
