/// Bytes as hexadecimal digits.
package enum Hex {
    /// Two lower-case digits per byte.
    package static func encode(_ bytes: [UInt8]) -> String {
        let buffer = ByteBuffer(capacity: bytes.count * 2)
        for byte in bytes { append(byte, to: buffer) }
        return buffer.all.string
    }

    /// Appends two lower-case digits per byte of `slice`.
    package static func encode(_ slice: ByteSlice, into buffer: ByteBuffer) {
        buffer.reserve(slice.count * 2)
        for index in 0..<slice.count { append(slice[index], to: buffer) }
    }

    /// Appends the two lower-case digits of `byte`.
    package static func append(_ byte: UInt8, to buffer: ByteBuffer) {
        buffer.append(digit(byte >> 4))
        buffer.append(digit(byte & 15))
    }

    /// The bytes `text` stands for, digits of either case; nil when it is anything else.
    package static func decode(_ text: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        var high: UInt8?
        for letter in text.utf8 {
            guard let value = value(of: letter) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return high == nil ? bytes : nil
    }

    /// The value of one digit of either case.
    package static func value(of letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): letter - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): letter - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): letter - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// The lower-case digit of a value below 16.
    static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }
}
