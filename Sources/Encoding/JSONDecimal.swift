/// The exact value of a number written with a fraction or an exponent.
enum JSONDecimal {
    /// The value as Int64 when it is a whole number in range; `text` is a number by RFC 8259.
    static func integral(_ text: ByteSlice) -> Int64? {
        var digits: [UInt8] = []
        var exponent = 0
        var position = 0
        let isNegative = text[0] == UInt8(ascii: "-")
        if isNegative { position = 1 }
        var isFraction = false
        while position < text.count, text[position] | 0x20 != UInt8(ascii: "e") {
            if text[position] == UInt8(ascii: ".") {
                isFraction = true
            } else {
                digits.append(text[position] - UInt8(ascii: "0"))
                if isFraction { exponent -= 1 }
            }
            position += 1
        }
        if position < text.count {
            guard let written = Int(text[(position + 1)..<text.count].string), written.magnitude <= 1_000_000 else {
                return digits.allSatisfy { $0 == 0 } ? 0 : nil
            }
            exponent += written
        }
        return value(digits, exponent, isNegative)
    }

    private static func value(_ digits: [UInt8], _ exponent: Int, _ isNegative: Bool) -> Int64? {
        guard let last = digits.lastIndex(where: { $0 != 0 }) else { return 0 }
        let zeros = exponent + digits.count - 1 - last
        guard zeros >= 0, zeros <= 18 else { return nil }
        var value: Int64 = 0
        for digit in digits[...last] + [UInt8](repeating: 0, count: zeros)[...] {
            let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
            let (next, tooFar) =
                isNegative
                ? tenfold.subtractingReportingOverflow(Int64(digit)) : tenfold.addingReportingOverflow(Int64(digit))
            guard !tooLarge, !tooFar else { return nil }
            value = next
        }
        return value
    }
}
