/// A gzip stream of zeros, written by hand: a block of fixed codes with one literal and matches of 258 bytes each.
enum Gzip {
    static func zeros(count: Int) -> [UInt8] {
        var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
        var bits: UInt32 = 0
        var used: UInt32 = 0
        func put(_ value: UInt32, _ width: UInt32) {
            bits |= value << used
            used += width
            while used >= 8 {
                out.append(UInt8(bits & 0xFF))
                bits >>= 8
                used -= 8
            }
        }
        put(0b011, 3)  // the last block, fixed codes
        if count > 0 { put(reversed(0x30, 8), 8) }
        for _ in 0..<(count / 258) {
            put(reversed(0xC5, 8), 8)  // length 258
            put(0, 5)  // distance 1
        }
        put(0, 7)
        put(0, 7)  // to the end of the byte
        return out + [UInt8](repeating: 0, count: 8)
    }

    private static func reversed(_ code: UInt32, _ width: UInt32) -> UInt32 {
        (0..<width).reduce(0) { $0 | (code >> $1 & 1) << (width - 1 - $1) }
    }
}
