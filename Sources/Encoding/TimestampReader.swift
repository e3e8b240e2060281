/// Takes the parts of an RFC 3339 text one by one.
struct TimestampReader {
    private let text: ByteSlice
    private var position = 0

    init(_ text: ByteSlice) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    /// The value of exactly `count` decimal digits.
    mutating func digits(_ count: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<count {
            guard let digit = peekDigit() else { return nil }
            value = value * 10 + digit
            position += 1
        }
        return value
    }

    /// Passes over one character, if it comes next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < text.count, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    /// Passes over a letter given in lower case, if it comes next in either case.
    mutating func takeIgnoringCase(_ letter: Unicode.Scalar) -> Bool {
        guard position < text.count, text[position] | 0x20 == UInt8(ascii: letter) else { return false }
        position += 1
        return true
    }

    /// Passes over a fraction; false when a point has no digit behind it.
    mutating func takeFraction() -> Bool {
        guard take(".") else { return true }
        let start = position
        while peekDigit() != nil { position += 1 }
        return position > start
    }

    /// The offset from UTC in seconds: `Z` or `±hh:mm`.
    mutating func offset() -> Int64? {
        if takeIgnoringCase("z") { return 0 }
        let west = take("-")
        guard west || take("+"), let hours = digits(2), take(":"), let minutes = digits(2) else { return nil }
        guard hours < 24, minutes < 60 else { return nil }
        return (west ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private func peekDigit() -> Int64? {
        guard position < text.count else { return nil }
        let byte = text[position]
        return byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") ? Int64(byte - UInt8(ascii: "0")) : nil
    }
}
