/// A small generator of numbers that look random and follow from a seed alone (SplitMix64).
///
/// Names, times and choices come from it, so that the same seed lays out the same directory on every machine. Keys do not.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Makes a generator; `stream` keeps generators of one seed apart.
    package init(seed: UInt64, stream: UInt64 = 0) {
        state = seed &+ stream &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A whole number of `range`.
    package mutating func number(_ range: Range<Int64>) -> Int64 { Int64.random(in: range, using: &self) }

    /// A word of letters and digits.
    package mutating func word(_ count: Int) -> String {
        String(decoding: (0..<count).map { _ in Self.alphabet[Int(next() % 62)] }, as: UTF8.self)
    }

    /// Random bytes; never for a key.
    package mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 32) }
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}
