/// What an RSA public key must keep to before anything is computed with it.
///
/// The cost of a verification grows with the exponent (a 3,072-bit one takes 120 times as long as 65537), hence 32 bits
/// at most. The least exponent is 65537 (FIPS 186-5 §5.4 wants more than 2^16; every directory key has it); test
/// vectors with 3 pass their own bounds.
package struct RSABounds: Equatable, Sendable {
    /// The allowed lengths of the modulus in bits.
    package var bits: ClosedRange<Int>
    /// The least allowed exponent.
    package var minimumExponent: UInt64

    /// What requests, key sets and certificates are held to.
    package static let standard = RSABounds()

    /// Makes bounds; the defaults are the standard ones.
    package init(bits: ClosedRange<Int> = 2048...8192, minimumExponent: UInt64 = 65537) {
        self.bits = bits
        self.minimumExponent = minimumExponent
    }

    /// Throws the first fault of a key; cheap checks come first, so that size bounds the work of the others.
    func check(modulus: [UInt8], exponent: [UInt8]) throws(KeyFault) {
        try checkSize(modulus: modulus, exponent: exponent)
        try SmallPrimes.check(modulus)
    }

    /// The cheap checks: sizes, and the exponent.
    func checkSize(modulus: [UInt8], exponent: [UInt8]) throws(KeyFault) {
        guard let first = modulus.first, let last = modulus.last, let lead = exponent.first else { throw .malformed }
        guard first != 0, lead != 0 else { throw .leadingZero }
        let bitCount = modulus.count * 8 - first.leadingZeroBitCount
        guard bitCount >= bits.lowerBound else { throw .rsaTooSmall(bits: bitCount) }
        guard bitCount <= bits.upperBound else { throw .rsaTooLarge(bits: bitCount) }
        guard last & 1 == 1 else { throw .smallFactor(2) }
        guard exponent.count <= 4 else { throw .exponent }
        let value = exponent.reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        guard value & 1 == 1, value >= minimumExponent else { throw .exponent }
    }
}
