import Glibc

/// Byte strings numbered in the order given, found by their bytes; the untyped half of `ByteTable`.
///
/// What is looked up for every request keeps its values in an array beside one: a table of another module's type is
/// generic code, and five times as slow.
package struct ByteIndex: Sendable {
    private struct Entry: Sendable {
        var hash: UInt64
        var start: Int
        var count: Int
        var position: Int
    }

    private var keys: [UInt8] = []
    private var entries: [Entry] = []
    private var slots: [Int32]
    private let mask: Int
    private let seed: UInt64

    /// Numbers `keys`; of equal keys the later one is found.
    package init(_ keys: [[UInt8]]) {
        var size = 8
        while size < keys.count * 2 { size *= 2 }
        slots = [Int32](repeating: -1, count: size)
        mask = size - 1
        seed = ByteHash.seed
        entries.reserveCapacity(keys.count)
        for (position, key) in keys.enumerated() { insert(key, position) }
    }

    /// How many different keys there are.
    var count: Int { entries.count }

    /// The position of the key with the bytes of a slice.
    package func position(of key: ByteSlice) -> Int? {
        guard !entries.isEmpty else { return nil }
        return unsafe key.withUnsafeBytes { unsafe position(of: $0) }
    }

    /// The position of the key with the UTF-8 of a string.
    package func position(of key: String) -> Int? {
        var key = key
        return key.withUTF8 { unsafe position(of: UnsafeRawBufferPointer($0)) }
    }

    /// The position of the key with these bytes.
    @unsafe
    func position(of key: UnsafeRawBufferPointer) -> Int? {
        let entry = unsafe slots[find(key, hash(key))]
        return entry < 0 ? nil : entries[Int(entry)].position
    }

    private mutating func insert(_ key: [UInt8], _ position: Int) {
        let hash = unsafe key.withUnsafeBytes { unsafe self.hash($0) }
        let slot = unsafe key.withUnsafeBytes { unsafe find($0, hash) }
        if slots[slot] >= 0 {
            entries[Int(slots[slot])].position = position
            return
        }
        slots[slot] = Int32(entries.count)
        entries.append(Entry(hash: hash, start: keys.count, count: key.count, position: position))
        keys += key
    }

    private func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
        guard key.count > 0, let base = key.baseAddress else { return seed }
        return unsafe ByteHash.hash(base, count: key.count, seed: seed)
    }

    /// The slot that holds `key`, or the empty one where it belongs.
    private func find(_ key: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let entry = entries[Int(slots[slot])]
            if entry.hash == hash, entry.count == key.count, unsafe same(key, entry) { return slot }
            slot = (slot &+ 1) & mask
        }
        return slot
    }

    private func same(_ key: UnsafeRawBufferPointer, _ entry: Entry) -> Bool {
        guard let theirs = key.baseAddress, entry.count > 0 else { return true }
        return unsafe keys.withUnsafeBytes { mine in
            guard let base = mine.baseAddress else { return false }
            return unsafe memcmp(base + entry.start, theirs, entry.count) == 0
        }
    }
}
