import CVector
import Glibc

extension JSONParser {
    /// Reads the string whose first character is at `position`, unescaping it in place, past its closing quote.
    @inline(__always)
    mutating func readString() throws(JSONError) -> (start: Int, count: Int) {
        let start = position
        let end = try plainEnd(from: start)
        if unsafe text[end] == UInt8(ascii: "\"") {
            guard end &- start <= limits.stringBytes else { throw .stringLimit(at: start) }
            position = end &+ 1
            return (start, end &- start)
        }
        return try readEscaped(start, end)
    }

    /// The next quote or backslash; what lies before it is printable UTF-8.
    @inline(__always)
    private func plainEnd(from start: Int) throws(JSONError) -> Int {
        var read = start
        while true {
            read = firstSpecial(from: read)
            let byte = unsafe text[read]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return read }
            guard byte >= 0x80 else { throw read < count ? .control(at: read) : .end(at: count) }
            let length = unsafe UTF8Sequence.length(text + read, limit: count &- read)
            guard length > 0 else { throw .utf8(at: read) }
            read &+= length
        }
    }

    /// The next quote, backslash, control or non-ASCII byte, looking at sixteen bytes at a time, and at more in a long run.
    ///
    /// Ends at the zero bytes behind the text at the latest.
    @inline(__always)
    private func firstSpecial(from start: Int) -> Int {
        var read = start
        while read &- start < 64 {
            let marks = unsafe counterfoil_string_marks(text + read, 0)
            if marks != 0 { return read &+ marks.trailingZeroBitCount }
            read &+= 16
        }
        // The count is of the whole text: it lies ahead, as its zero bytes have not been met.
        if count &- read >= 64 { read &+= unsafe Int(counterfoil_plain_run(text + read, UInt(count &- read), 0)) }
        while true {
            let marks = unsafe counterfoil_string_marks(text + read, 0)
            if marks != 0 { return read &+ marks.trailingZeroBitCount }
            read &+= 16
        }
    }

    /// Goes on at the string's first backslash, moving the rest down over the escapes.
    private mutating func readEscaped(_ start: Int, _ backslash: Int) throws(JSONError) -> (start: Int, count: Int) {
        var write = backslash
        var read = backslash
        while unsafe text[read] == UInt8(ascii: "\\") {
            try unescape(&read, &write)
            let end = try plainEnd(from: read)
            unsafe memmove(text + write, text + read, end - read)
            write += end - read
            read = end
        }
        guard write - start <= limits.stringBytes else { throw .stringLimit(at: start) }
        position = read + 1
        return (start, write - start)
    }

    /// Replaces the escape at `read` by its character at `write` and moves both behind it.
    private mutating func unescape(_ read: inout Int, _ write: inout Int) throws(JSONError) {
        let plain: UInt8
        switch unsafe text[read + 1] {
        case UInt8(ascii: "\""): plain = 0x22
        case UInt8(ascii: "\\"): plain = 0x5C
        case UInt8(ascii: "/"): plain = 0x2F
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0C
        case UInt8(ascii: "n"): plain = 0x0A
        case UInt8(ascii: "r"): plain = 0x0D
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"): return try unescapeCharacter(&read, &write)
        default: throw read + 1 < count ? .escape(at: read) : .end(at: count)
        }
        unsafe text[write] = plain
        read += 2
        write += 1
    }

    /// Replaces `\uXXXX`, or two of them that form a surrogate pair, by UTF-8, which is always shorter.
    private mutating func unescapeCharacter(_ read: inout Int, _ write: inout Int) throws(JSONError) {
        let start = read
        var value = try hexUnit(at: read)
        read += 6
        if value & 0xF800 == 0xD800 {
            guard value < 0xDC00, unsafe text[read] == UInt8(ascii: "\\"), unsafe text[read + 1] == UInt8(ascii: "u")
            else { throw .surrogate(at: start) }
            let low = try hexUnit(at: read)
            guard low & 0xFC00 == 0xDC00 else { throw .surrogate(at: start) }
            value = 0x10000 + (value & 0x3FF) << 10 + (low & 0x3FF)
            read += 6
        }
        guard let scalar = Unicode.Scalar(value) else { throw .surrogate(at: start) }
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
            unsafe text[write] = byte
            write += 1
        }
    }

    /// The value of the four digits of the `\u` escape at `index`.
    private func hexUnit(at index: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for offset in 2..<6 {
            guard let digit = unsafe Hex.value(of: text[index + offset]) else {
                throw index + offset < count ? .escape(at: index) : .end(at: count)
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
