/// Integers as decimal digits.
package enum DecimalDigits {
    /// Appends the shortest decimal form of `value`.
    package static func append(_ value: Int64, to buffer: ByteBuffer) {
        if value < 0 { buffer.append(UInt8(ascii: "-")) }
        let value = value.magnitude
        var count = 1
        var left = value / 10
        while left > 0 {
            count += 1
            left /= 10
        }
        // Filled from the end: dividing by a constant is cheap.
        unsafe buffer.appendUnsafe(20) { digits in
            var rest = value
            var place = count
            repeat {
                place -= 1
                unsafe digits[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while place > 0
            return count
        }
    }
}
