/// Counts of seconds in HTTP headers (RFC 9111 §1.2.2): digits, too large ones clamped rather than trapped on.
package enum DeltaSeconds {
    /// What RFC 9111 says to use for anything larger.
    package static let largest: Int64 = 1 << 31

    /// The count a text stands for; nil when it is not all digits.
    package static func parse(_ text: some StringProtocol) -> Int64? {
        guard !text.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in text.utf8 {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = min(value * 10 + Int64(byte - 0x30), largest)
        }
        return value
    }
}
