/// Finds bytes that need a closer look, eight at a time.
///
/// A mark is the top bit of a byte. A borrow can only mark bytes above a true hit, so the lowest mark is exact and the
/// others are not to be trusted.
enum StringMarks {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Marks what is not printable ASCII.
    @inline(__always)
    static func unprintable(in word: UInt64) -> UInt64 {
        let below = (word &- ones &* 0x20) & ~word
        return (zeros(word ^ ones &* 0x7F) | below | word) & tops
    }

    /// Whether all bytes are printable ASCII (0x20 to 0x7E), looking at eight at a time.
    static func arePrintable(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var marks: UInt64 = 0
        var read = 0
        while bytes.count &- read >= 8 {
            marks |= unsafe unprintable(in: bytes.loadUnaligned(fromByteOffset: read, as: UInt64.self))
            read &+= 8
        }
        while read < bytes.count {
            let byte = unsafe bytes[read]
            marks |= byte < 0x20 || byte > 0x7E ? 1 : 0
            read &+= 1
        }
        return marks == 0
    }

    /// Whether one of the eight bytes is `byte`.
    @inline(__always)
    static func holds(_ byte: UInt8, _ word: UInt64) -> Bool {
        zeros(word ^ ones &* UInt64(byte)) & tops != 0
    }

    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
}
