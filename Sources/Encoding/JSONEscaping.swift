/// JSON strings: quoted, with everything escaped that could steer a terminal or break a line.
enum JSONEscaping {
    /// Appends the quoted string of a slice, which must not be of `buffer`.
    static func append(_ text: ByteSlice, to buffer: ByteBuffer) {
        guard text.buffer !== buffer else { return append(ByteSlice(text.bytes), to: buffer) }
        unsafe text.withUnsafeBytes { unsafe append($0, to: buffer) }
    }

    /// Appends the quoted string of a string.
    static func append(_ text: String, to buffer: ByteBuffer) {
        // Strings of our own are contiguous; another kind is made so first.
        let done: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
            unsafe append(UnsafeRawBufferPointer($0), to: buffer)
        }
        guard done == nil else { return }
        var text = text
        text.withUTF8 { unsafe append(UnsafeRawBufferPointer($0), to: buffer) }
    }

    /// Appends the quoted string of bytes that do not lie in `buffer`; what is not UTF-8 becomes U+FFFD.
    @unsafe
    static func append(_ text: UnsafeRawBufferPointer, to buffer: ByteBuffer) {
        guard unsafe !buffer.appendQuoted(ifPlain: text) else { return }
        buffer.append(UInt8(ascii: "\""))
        var plain = 0
        var read = 0
        while true {
            read = unsafe firstSpecial(text, from: read)
            guard read < text.count else { break }
            let byte = unsafe text[read]
            let length = unsafe byte < 0x80 ? 1 : sequenceLength(text, read)
            if length > 1, unsafe !isHazard(text, read, length) {
                read += length
                continue
            }
            unsafe buffer.append(unsafe: UnsafeRawBufferPointer(rebasing: text[plain..<read]))
            unsafe appendEscape(text, read, length, to: buffer)
            read += max(1, length)
            plain = read
        }
        unsafe buffer.append(unsafe: UnsafeRawBufferPointer(rebasing: text[plain..<read]))
        buffer.append(UInt8(ascii: "\""))
    }

    /// The next byte that does not stand for itself, or the end.
    private static func firstSpecial(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
        var read = start
        while read < text.count {
            let byte = unsafe text[read]
            guard byte >= 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C else { return read }
            read &+= 1
        }
        return read
    }

    private static func sequenceLength(_ text: UnsafeRawBufferPointer, _ index: Int) -> Int {
        guard let base = text.baseAddress else { return 0 }
        let bytes = unsafe (base + index).assumingMemoryBound(to: UInt8.self)
        return unsafe UTF8Sequence.length(bytes, limit: text.count - index)
    }

    private static func scalar(_ text: UnsafeRawBufferPointer, _ index: Int, _ length: Int) -> UInt32 {
        guard let base = text.baseAddress else { return 0xFFFD }
        return unsafe UTF8Sequence.scalar((base + index).assumingMemoryBound(to: UInt8.self), length: length)
    }

    /// Whether a character is a C1 control, a line or paragraph separator or a bidi control.
    private static func isHazard(_ text: UnsafeRawBufferPointer, _ index: Int, _ length: Int) -> Bool {
        guard length < 4 else { return false }
        switch unsafe scalar(text, index, length) {
        case 0x80...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: return true
        default: return false
        }
    }

    private static func appendEscape(
        _ text: UnsafeRawBufferPointer,
        _ index: Int,
        _ length: Int,
        to buffer: ByteBuffer
    ) {
        switch unsafe text[index] {
        case UInt8(ascii: "\""): buffer.append("\\\"")
        case UInt8(ascii: "\\"): buffer.append("\\\\")
        case 0x0A: buffer.append("\\n")
        case 0x0D: buffer.append("\\r")
        case 0x09: buffer.append("\\t")
        case let byte where byte < 0x80: appendUnit(UInt32(byte), to: buffer)
        default:
            if length == 0 {
                buffer.append([0xEF, 0xBF, 0xBD])
            } else {
                unsafe appendUnit(scalar(text, index, length), to: buffer)
            }
        }
    }

    private static func appendUnit(_ value: UInt32, to buffer: ByteBuffer) {
        buffer.append("\\u")
        Hex.append(UInt8(value >> 8 & 0xFF), to: buffer)
        Hex.append(UInt8(value & 0xFF), to: buffer)
    }
}
