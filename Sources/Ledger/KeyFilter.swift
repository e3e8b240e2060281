import Crypto

/// Says of nearly every key that is not in a run that it is not, without a look at the run.
///
/// A Bloom filter in blocks of 64 bytes: a key has one block and sets seven bits of it. Of keys that are not in the run
/// about one in a hundred seems to be; of those that are, none is missed.
final class KeyFilter {
    private let words: [UInt64]

    /// Bits for each key.
    private static let density = 12
    private static let wordsPerBlock = 8
    private static let sumBytes = 8

    /// The block of a key and the bits it sets there, for any filter.
    struct Mark {
        fileprivate let start: UInt64
        fileprivate let bits: UInt64

        init(_ word: UInt64) {
            start = word >> 32
            // Seven times nine bits, which depend on every bit of the word.
            let mixed = (word ^ word >> 29) &* 0xBF58_476D_1CE4_E5B9
            bits = mixed ^ mixed >> 32
        }

        /// Where its block begins among so many words: by the first bits of the key, so that keys in order go through
        /// the filter in order.
        func start(among words: Int) -> Int {
            let blocks = UInt64(words / wordsPerBlock)
            return Int((start * blocks) >> 32) * wordsPerBlock
        }

        /// Sets its bits in a block of `words` that begins at `start`.
        func set(in words: inout [UInt64], at start: Int) {
            var bits = bits
            for _ in 0..<7 {
                words[start + Int(bits & 7)] |= 1 << (bits >> 3 & 63)
                bits >>= 9
            }
        }
    }

    /// How many words the filter of so many keys has.
    static func words(for keys: Int) -> Int { max(1, (keys * density + 511) / 512) * wordsPerBlock }

    /// The filter of so many keys that `parts` gave, in their order; one that lacks some is damage.
    init(parts: [[UInt8]], for keys: Int) throws(LedgerError) {
        var words: [UInt64] = []
        words.reserveCapacity(Self.words(for: keys))
        for part in parts { words += try Self.words(of: part) }
        guard !words.isEmpty else { throw .corrupt("a run of keys without its filter") }
        // Earlier versions made it larger than a run asks for that was sealed some keys twice.
        guard words.count >= Self.words(for: keys) else { throw .corrupt("a filter of keys") }
        self.words = words
    }

    /// False only where no key of this mark is in the run.
    func mayHold(_ mark: Mark) -> Bool {
        let start = mark.start(among: words.count)
        var bits = mark.bits
        var missing: UInt64 = 0
        for _ in 0..<7 {
            missing |= ~words[start + Int(bits & 7)] & 1 << (bits >> 3 & 63)
            bits >>= 9
        }
        return missing == 0
    }

    /// Words as a row keeps them, with a sum at their end.
    static func bytes(of words: [UInt64]) -> [UInt8] {
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: words.count * 8) { buffer, count in
            let room = UnsafeMutableRawBufferPointer(buffer)
            for (position, word) in words.enumerated() {
                unsafe room.storeBytes(of: word.littleEndian, toByteOffset: position * 8, as: UInt64.self)
            }
            count = words.count * 8
        }
        return bytes + sum(bytes[...])
    }

    /// The words a row keeps; it is damage unless its sum is right.
    static func words(of part: [UInt8]) throws(LedgerError) -> [UInt64] {
        let count = part.count - sumBytes
        guard count > 0, count.isMultiple(of: wordsPerBlock * 8), Array(part[count...]) == sum(part[..<count])
        else { throw .corrupt("a filter of keys") }
        return unsafe part.withUnsafeBytes { bytes in
            stride(from: 0, to: count, by: 8).map { at in
                UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            }
        }
    }

    private static func sum(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array(SHA256Digest.of(Array(bytes)).bytes.prefix(sumBytes))
    }
}
