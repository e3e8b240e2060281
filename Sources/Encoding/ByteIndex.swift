import Glibc

/// Byte strings numbered in the order given, found by their bytes; the untyped half of `ByteTable`.
///
/// What is looked up for every request keeps its values in an array beside one: a table of another module's type is
/// generic code, and five times as slow.
package struct ByteIndex: Sendable {
    /// All that is known of a key, side by side: most look-ups touch one line of memory and the key's own bytes.
    private struct Slot: Sendable {
        var hash: UInt64 = 0
        var start = 0
        var count: Int32 = 0
        /// The number of the key; negative where the slot is empty.
        var position: Int32 = -1
    }

    /// How many different keys there are.
    private(set) var count = 0

    private var keys: [UInt8] = []
    private var slots: [Slot]
    private let mask: Int
    private let seed: UInt64

    /// Numbers `keys`; of equal keys the later one is found.
    package init(_ keys: [[UInt8]]) {
        var size = 8
        while size < keys.count * 2 { size *= 2 }
        slots = [Slot](repeating: Slot(), count: size)
        mask = size - 1
        seed = ByteHash.seed
        self.keys.reserveCapacity(keys.reduce(0) { $0 + $1.count })
        for (position, key) in keys.enumerated() { insert(key, position) }
    }

    /// The position of the key with the bytes of a slice.
    package func position(of key: ByteSlice) -> Int? {
        guard count > 0 else { return nil }
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
        let position = unsafe slots[find(key, hash(key))].position
        return position < 0 ? nil : Int(position)
    }

    /// Has the processor bring near what a look-up of `key` will compare; returns the position that will most likely come
    /// of it, or nil.
    package func foresee(_ key: ByteSlice) -> Int? {
        guard count > 0 else { return nil }
        let hash = unsafe key.withUnsafeBytes { unsafe self.hash($0) }
        let slot = slots[Int(truncatingIfNeeded: hash) & mask]
        guard slot.hash == hash, slot.position >= 0 else { return nil }
        unsafe keys.withUnsafeBytes { Foresight.fetch(UInt(bitPattern: $0.baseAddress) &+ UInt(slot.start)) }
        return Int(slot.position)
    }

    private mutating func insert(_ key: [UInt8], _ position: Int) {
        let hash = unsafe key.withUnsafeBytes { unsafe self.hash($0) }
        let slot = unsafe key.withUnsafeBytes { unsafe find($0, hash) }
        guard slots[slot].position < 0 else { return slots[slot].position = Int32(position) }
        slots[slot] = Slot(hash: hash, start: keys.count, count: Int32(key.count), position: Int32(position))
        count += 1
        keys += key
    }

    private func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
        guard key.count > 0, let base = key.baseAddress else { return seed }
        return unsafe ByteHash.hash(base, count: key.count, seed: seed)
    }

    /// The slot that holds `key`, or the empty one where it belongs.
    private func find(_ key: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot].position >= 0 {
            if slots[slot].hash == hash, slots[slot].count == key.count, unsafe same(key, slots[slot]) { return slot }
            slot = (slot &+ 1) & mask
        }
        return slot
    }

    private func same(_ key: UnsafeRawBufferPointer, _ slot: Slot) -> Bool {
        guard let theirs = key.baseAddress, slot.count > 0 else { return true }
        return unsafe keys.withUnsafeBytes { mine in
            guard let base = mine.baseAddress else { return false }
            return unsafe memcmp(base + slot.start, theirs, Int(slot.count)) == 0
        }
    }
}
