extension JSONParser {
    /// Reads the number at `position` by the grammar of RFC 8259 §6; an integer in Int64 is kept as its value.
    @inline(__always)
    mutating func readNumber() throws(JSONError) {
        let start = position
        let isNegative = unsafe text[start] == UInt8(ascii: "-")
        let first = start &+ (isNegative ? 1 : 0)
        var magnitude: UInt64 = 0
        var read = first
        while let digit = digit(at: read) {
            magnitude = magnitude &* 10 &+ digit
            read &+= 1
        }
        let length = read &- first
        guard length > 0 else { throw first < count ? .number(at: start) : .end(at: count) }
        guard unsafe length == 1 || text[first] != UInt8(ascii: "0") else { throw .number(at: start) }
        let behind = unsafe text[read] | 0x20
        guard behind != UInt8(ascii: "."), behind != UInt8(ascii: "e"), length <= 19, magnitude <= 1 << 63 else {
            return try readDecimal(start, read)
        }
        // Nineteen digits always fit UInt64, so the magnitude is exact here.
        let value = Int64(truncatingIfNeeded: isNegative ? 0 &- magnitude : magnitude)
        guard magnitude < 1 << 63 || isNegative else { return try readDecimal(start, read) }
        guard read &- start <= limits.numberBytes else { throw .numberLimit(at: start) }
        try append(.integer, start, read &- start, value)
        position = read
    }

    /// Goes on behind the integer digits of a number with a fraction, an exponent or too many digits.
    private mutating func readDecimal(_ start: Int, _ digitsEnd: Int) throws(JSONError) {
        var read = digitsEnd
        if unsafe text[read] == UInt8(ascii: ".") {
            read = try digits(from: read + 1, of: start)
        }
        if unsafe text[read] | 0x20 == UInt8(ascii: "e") {
            read += 1
            if unsafe text[read] == UInt8(ascii: "+") || text[read] == UInt8(ascii: "-") { read += 1 }
            read = try digits(from: read, of: start)
        }
        guard read - start <= limits.numberBytes else { throw .numberLimit(at: start) }
        try append(.decimal, start, read - start)
        position = read
    }

    /// The position behind one or more digits.
    private func digits(from first: Int, of start: Int) throws(JSONError) -> Int {
        var read = first
        while digit(at: read) != nil { read += 1 }
        guard read > first else { throw first < count ? .number(at: start) : .end(at: count) }
        return read
    }

    @inline(__always)
    private func digit(at index: Int) -> UInt64? {
        let value = unsafe text[index] &- UInt8(ascii: "0")
        return value <= 9 ? UInt64(value) : nil
    }
}
