/// The seeded hash of byte strings behind `ByteTable` and the search for repeated member names.
///
/// A folded 64 × 64 → 128 bit multiplication per eight bytes. The seed is drawn once per process and never leaves it,
/// so nobody can prepare colliding names; users compare bytes on every hit anyway.
package enum ByteHash {
    static let seed = UInt64.random(in: .min ... .max)

    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93

    /// The hash of a slice's bytes with the seed of this process.
    package static func of(_ bytes: ByteSlice) -> UInt64 { unsafe bytes.withUnsafeBytes { unsafe of($0) } }

    /// The hash of an array's bytes with the seed of this process.
    package static func of(_ bytes: [UInt8]) -> UInt64 { unsafe bytes.withUnsafeBytes { unsafe of($0) } }

    private static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        guard bytes.count > 0, let base = bytes.baseAddress else { return seed }
        return unsafe hash(base, count: bytes.count, seed: seed)
    }

    /// The hash of `count` bytes at `base`; reads nothing outside them.
    @inline(__always)
    static func hash(_ base: UnsafeRawPointer, count: Int, seed: UInt64) -> UInt64 {
        var hash = seed ^ (UInt64(truncatingIfNeeded: count) &* first)
        var index = 0
        while count &- index > 8 {
            hash = unsafe fold(hash ^ base.loadUnaligned(fromByteOffset: index, as: UInt64.self), first)
            index &+= 8
        }
        return unsafe fold(hash ^ last(base, count: count), second)
    }

    /// Mixes `a` with `b` so that each bit of the result depends on all bits of `a`.
    @inline(__always)
    static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    /// The last eight bytes, or all of fewer.
    @inline(__always)
    private static func last(_ base: UnsafeRawPointer, count: Int) -> UInt64 {
        if count >= 8 { return unsafe base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self) }
        if count >= 4 {
            let head = unsafe base.loadUnaligned(as: UInt32.self)
            let tail = unsafe base.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
            return UInt64(head) | UInt64(tail) << 32
        }
        guard count > 0 else { return 0 }
        let head = unsafe UInt64(base.load(as: UInt8.self))
        let middle = unsafe UInt64(base.load(fromByteOffset: count >> 1, as: UInt8.self))
        let tail = unsafe UInt64(base.load(fromByteOffset: count &- 1, as: UInt8.self))
        return head | middle << 8 | tail << 16
    }
}
