import Crypto

/// Says of nearly every key that is not in a run that it is not, without a look at the run.
///
/// A Bloom filter in blocks of 64 bytes: a key has one block and sets seven bits of it. Of keys that are not in the run
/// about one in a hundred seems to be; of those that are, none is missed.
struct KeyFilter {
    private var words: [UInt64]

    /// Bits for each key.
    private static let density = 12
    private static let wordsPerBlock = 8
    /// Bytes of a filter that are kept in one row.
    private static let partBytes = 32_768
    private static let sumBytes = 8

    /// An empty filter for so many keys.
    init(capacity: Int) {
        let blocks = max(1, (capacity * Self.density + 511) / 512)
        words = [UInt64](repeating: 0, count: blocks * Self.wordsPerBlock)
    }

    /// The filter that `parts` gave, in their order; each is damage unless its sum is right.
    init(parts: [[UInt8]]) throws(LedgerError) {
        words = []
        for part in parts {
            let count = part.count - Self.sumBytes
            guard count > 0, count.isMultiple(of: Self.wordsPerBlock * 8),
                Array(part[count...]) == Self.sum(part[..<count])
            else { throw .corrupt("a filter of keys") }
            unsafe part.withUnsafeBytes { bytes in
                for at in stride(from: 0, to: count, by: 8) {
                    words.append(UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
                }
            }
        }
        guard !words.isEmpty else { throw .corrupt("a run of keys without its filter") }
    }

    /// The bytes to keep, in parts of a row each, each with a sum at its end.
    var parts: [[UInt8]] {
        stride(from: 0, to: words.count, by: Self.partBytes / 8).map { start in
            let end = min(words.count, start + Self.partBytes / 8)
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: (end - start) * 8) { buffer, count in
                let room = UnsafeMutableRawBufferPointer(buffer)
                for at in start..<end {
                    unsafe room.storeBytes(of: words[at].littleEndian, toByteOffset: (at - start) * 8, as: UInt64.self)
                }
                count = (end - start) * 8
            }
            return bytes + Self.sum(bytes[...])
        }
    }

    mutating func insert(_ word: UInt64) {
        let start = block(word)
        var bits = Self.bits(word)
        for _ in 0..<7 {
            words[start + Int(bits & 7)] |= 1 << (bits >> 3 & 63)
            bits >>= 9
        }
    }

    /// False only where no key that begins with `word` is in the run.
    func mayHold(_ word: UInt64) -> Bool {
        let start = block(word)
        var bits = Self.bits(word)
        for _ in 0..<7 {
            guard words[start + Int(bits & 7)] & 1 << (bits >> 3 & 63) != 0 else { return false }
            bits >>= 9
        }
        return true
    }

    /// Where the block of a key begins: by its first bits, so that keys in order go through the filter in order.
    private func block(_ word: UInt64) -> Int {
        let blocks = UInt64(words.count / Self.wordsPerBlock)
        return Int(((word >> 32) * blocks) >> 32) * Self.wordsPerBlock
    }

    /// Seven times nine bits, which depend on every bit of the word.
    private static func bits(_ word: UInt64) -> UInt64 {
        let mixed = (word ^ word >> 29) &* 0xBF58_476D_1CE4_E5B9
        return mixed ^ mixed >> 32
    }

    private static func sum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(SHA256Digest.of(Array(bytes)).bytes.prefix(sumBytes))
    }
}
