import Encoding

/// An IPv4 address in any spelling that resolvers and browsers take: dotted decimal, and the shorter, octal and hexadecimal forms.
enum IPv4Address {
    /// Returns the address, or nil where the text is none.
    static func read(_ text: ByteSlice) -> UInt32? {
        var address: UInt64 = 0
        var index = 0
        for parts in 1...4 {
            let dot = text.firstIndex(of: UInt8(ascii: "."), from: index) ?? text.count
            guard let number = number(text[index..<dot]) else { return nil }
            if dot == text.count {
                let bits = UInt64(8 * (5 - parts))
                return number < 1 << bits ? UInt32(truncatingIfNeeded: address << bits | number) : nil
            }
            guard number < 256 else { return nil }
            address = address << 8 | number
            index = dot + 1
        }
        return nil
    }

    /// True where the last label of a name can only be meant as a number.
    static func endsInNumber(_ name: ByteSlice) -> Bool {
        var start = name.count
        while start > 0, name[start - 1] != UInt8(ascii: ".") { start -= 1 }
        let label = name[start..<name.count]
        guard !label.isEmpty else { return false }
        return number(label) != nil || !label.contains { !(0x30...0x39).contains($0) }
    }

    /// True for four decimal numbers without leading zeros.
    static func isDottedDecimal(_ text: ByteSlice) -> Bool {
        var dots = 0
        var digits = 0
        for index in 0..<text.count {
            if text[index] == UInt8(ascii: ".") {
                (dots, digits) = (dots + 1, 0)
                continue
            }
            guard (0x30...0x39).contains(text[index]), digits == 0 || text[index - digits] != 0x30 else { return false }
            digits += 1
        }
        return dots == 3 && read(text) != nil
    }

    private static func number(_ label: ByteSlice) -> UInt64? {
        guard !label.isEmpty else { return nil }
        guard label[0] == UInt8(ascii: "0"), label.count > 1 else { return number(label, radix: 10) }
        let isHex = label[1] | 0x20 == UInt8(ascii: "x")
        return isHex ? number(label[2..<label.count], radix: 16) : number(label, radix: 8)
    }

    /// `0x` alone is zero, as resolvers have it.
    private static func number(_ digits: ByteSlice, radix: UInt64) -> UInt64? {
        var number: UInt64 = 0
        for index in 0..<digits.count {
            guard let digit = Hex.value(of: digits[index]), digit < radix, number <= UInt64(UInt32.max) else {
                return nil
            }
            number = number * radix + UInt64(digit)
        }
        return number
    }
}
