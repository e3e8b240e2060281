/// Finds the bytes of a JSON string that need a closer look, eight at a time.
///
/// A mark is the top bit of a byte. A borrow can only mark bytes above a true hit, so the lowest mark is exact and the
/// others are not to be trusted.
enum StringMarks {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Marks what ends a plain run while reading: quote, backslash, below space, not ASCII.
    @inline(__always)
    static func special(in word: UInt64) -> UInt64 {
        let below = (word &- ones &* 0x20) & ~word
        return (zeros(word ^ ones &* 0x22) | zeros(word ^ ones &* 0x5C) | below | word) & tops
    }

    /// Marks what ends a plain run while writing: the same and DEL.
    @inline(__always)
    static func escaped(in word: UInt64) -> UInt64 {
        special(in: word) | zeros(word ^ ones &* 0x7F) & tops
    }

    /// Marks what is not printable ASCII.
    @inline(__always)
    static func unprintable(in word: UInt64) -> UInt64 {
        let below = (word &- ones &* 0x20) & ~word
        return (zeros(word ^ ones &* 0x7F) | below | word) & tops
    }

    /// Whether one of the eight bytes is `byte`.
    @inline(__always)
    static func holds(_ byte: UInt8, _ word: UInt64) -> Bool {
        zeros(word ^ ones &* UInt64(byte)) & tops != 0
    }

    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
}
