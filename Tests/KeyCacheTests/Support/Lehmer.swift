/// A small generator with a fixed seed, so that a failing run can be repeated.
struct Lehmer: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 2 | 1
    }

    mutating func next() -> UInt64 {
        state = state &* 0xDA94_2042_E4DD_58B5 &+ 0x9E37_79B9_7F4A_7C15
        return state ^ state >> 29
    }

    /// Random bytes, as many as a random pick from `length`.
    mutating func bytes(_ length: ClosedRange<Int>) -> [UInt8] {
        (0..<Int.random(in: length, using: &self)).map { _ in UInt8.random(in: .min ... .max, using: &self) }
    }
}
