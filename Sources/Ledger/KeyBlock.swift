/// Sealed keys as one row of the database holds them: in order, twelve bytes each, the word first, most significant byte
/// first.
enum KeyBlock {
    static let entryBytes = 12

    /// The bytes of entries in order.
    static func bytes(_ entries: [KeyEntry]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: entries.count * entryBytes) { buffer, count in
            let room = UnsafeMutableRawBufferPointer(buffer)
            for (position, entry) in entries.enumerated() {
                let at = position * entryBytes
                unsafe room.storeBytes(of: entry.word.bigEndian, toByteOffset: at, as: UInt64.self)
                unsafe room.storeBytes(of: entry.number.bigEndian, toByteOffset: at + 8, as: UInt32.self)
            }
            count = entries.count * entryBytes
        }
    }

    /// Every entry of a block, in order.
    @unsafe
    static func entries(_ bytes: UnsafeRawBufferPointer) throws(LedgerError) -> [KeyEntry] {
        let count = unsafe try count(bytes)
        return (0..<count).map { unsafe entry(bytes, $0) }
    }

    /// The numbers of the rows whose keys begin with `word`.
    @unsafe
    static func numbers(of word: UInt64, in bytes: UnsafeRawBufferPointer) throws(LedgerError) -> [Int64] {
        let count = unsafe try count(bytes)
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if unsafe entry(bytes, middle).word < word { low = middle + 1 } else { high = middle }
        }
        var numbers: [Int64] = []
        while low < count {
            let found = unsafe entry(bytes, low)
            guard found.word == word else { break }
            numbers.append(Int64(found.number))
            low += 1
        }
        return numbers
    }

    /// How many entries a block has; one that is not made of whole entries is damage.
    @unsafe
    private static func count(_ bytes: UnsafeRawBufferPointer) throws(LedgerError) -> Int {
        guard bytes.count > 0, bytes.count.isMultiple(of: entryBytes) else { throw .corrupt("a block of keys") }
        return bytes.count / entryBytes
    }

    @unsafe
    private static func entry(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> KeyEntry {
        let at = position * entryBytes
        return KeyEntry(
            word: UInt64(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)),
            number: UInt32(bigEndian: unsafe bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt32.self))
        )
    }
}
