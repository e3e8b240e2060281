import Encoding

/// A positive serial or CRL number of at most 20 octets, as a value that compares quickly.
package struct SerialNumber: Hashable, Comparable, Sendable {
    private let high: UInt32
    private let middle: UInt64
    private let low: UInt64

    /// The number whose content octets are `range` of `bytes`; nil when it is zero, negative or longer than 20
    /// octets.
    package init?(_ bytes: [UInt8], _ range: Range<Int>) {
        guard let value = SerialNumber(unsigned: bytes, range), value != .zero else { return nil }
        self = value
    }

    /// The number whose content octets are `bytes`; nil when it is zero, negative or longer than 20 octets.
    package init?(_ bytes: [UInt8]) { self.init(bytes, bytes.indices) }

    /// Zero or a positive number: what a CRL number may be.
    package init?(unsigned bytes: [UInt8], _ range: Range<Int>) {
        guard (1...20).contains(range.count), bytes[range.lowerBound] & 0x80 == 0 else { return nil }
        var (high, middle, low): (UInt64, UInt64, UInt64) = (0, 0, 0)
        for index in range {
            high = high << 8 | middle >> 56
            middle = middle << 8 | low >> 56
            low = low << 8 | UInt64(bytes[index])
        }
        self.init(high: UInt32(truncatingIfNeeded: high), middle: middle, low: low)
    }

    /// The number `bytes` spell in hex of at most 40 digits; nil when they spell none.
    package init?(hex: String) {
        guard let bytes = Hex.decode(hex.utf8.count % 2 == 0 ? hex : "0" + hex), !bytes.isEmpty else { return nil }
        let padded = bytes.first.map { $0 & 0x80 != 0 } == true ? [0] + bytes : bytes
        self.init(unsigned: padded, padded.indices)
    }

    private init(high: UInt32, middle: UInt64, low: UInt64) { (self.high, self.middle, self.low) = (high, middle, low) }

    /// The number zero.
    package static let zero = SerialNumber(high: 0, middle: 0, low: 0)

    package static func < (left: SerialNumber, right: SerialNumber) -> Bool {
        guard left.low != right.low || left.middle != right.middle || left.high != right.high else { return false }
        if left.high != right.high { return left.high < right.high }
        return left.middle != right.middle ? left.middle < right.middle : left.low < right.low
    }
}

extension SerialNumber: CustomStringConvertible {
    /// Lower-case hex without leading zeros.
    package var description: String {
        var octets: [UInt8] = []
        for shift in (0..<4).map({ 24 - 8 * $0 }) { octets.append(UInt8(truncatingIfNeeded: high >> shift)) }
        for word in [middle, low] {
            for shift in (0..<8).map({ 56 - 8 * $0 }) { octets.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        let digits = Hex.encode(octets).drop { $0 == "0" }
        return digits.isEmpty ? "0" : String(digits)
    }
}
