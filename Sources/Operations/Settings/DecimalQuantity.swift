/// The one way settings write numbers: ASCII decimal digits, no sign, no leading zero, nothing around them.
enum DecimalQuantity {
    /// The number in `text`, or nil: `010`, `+1`, `1_000`, `0x10` and an empty text are not numbers here.
    static func whole(_ text: some StringProtocol) -> Int? {
        let digits = text.utf8
        guard !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        guard digits.count == 1 || digits.first != 48 else { return nil }
        return Int(text)
    }

    /// A number and the unit behind it, as in `15m`; nil when either is missing.
    static func split(_ text: String) -> (count: Int, unit: String)? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let count = whole(digits) else { return nil }
        let unit = text[digits.endIndex...]
        return unit.isEmpty ? nil : (count, String(unit))
    }
}
