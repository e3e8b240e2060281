/// Well-formed UTF-8 sequences (Unicode table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
enum UTF8Sequence {
    /// The length of the well-formed sequence of two to four bytes at `bytes`, or 0; reads at most `limit` bytes.
    @unsafe
    static func length(_ bytes: UnsafePointer<UInt8>, limit: Int) -> Int {
        guard limit >= 2 else { return 0 }
        let lead = unsafe bytes[0]
        let second = unsafe bytes[1]
        switch lead {
        case 0xC2...0xDF:
            return isTail(second) ? 2 : 0
        case 0xE0...0xEF:
            guard limit >= 3, isTail(second), unsafe isTail(bytes[2]) else { return 0 }
            return (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ? 0 : 3
        case 0xF0...0xF4:
            guard limit >= 4, isTail(second), unsafe isTail(bytes[2]), unsafe isTail(bytes[3]) else { return 0 }
            return (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F) ? 0 : 4
        default:
            return 0
        }
    }

    /// The character of a well-formed sequence of `length` bytes, two to four.
    @unsafe
    static func scalar(_ bytes: UnsafePointer<UInt8>, length: Int) -> UInt32 {
        var value = unsafe UInt32(bytes[0]) & (0x7F >> UInt32(length))
        for index in 1..<length { value = unsafe value << 6 | UInt32(bytes[index] & 0x3F) }
        return value
    }

    @inline(__always)
    private static func isTail(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
