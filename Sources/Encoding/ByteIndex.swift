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
    func position(of key: UnsafeRawBufferPointer) -> Int? { unsafe position(of: key, hash: hash(key)) }

    /// The same for bytes whose `ByteHash` is known.
    @unsafe
    func position(of key: UnsafeRawBufferPointer, hash: UInt64) -> Int? {
        let position = unsafe slots[find(key, hash)].position
        return position < 0 ? nil : Int(position)
    }

    /// Has the processor bring near where a look-up of `key` begins; returns the hash of `key` for what goes on from there.
    package func approach(_ key: ByteSlice) -> UInt64 {
        let hash = unsafe key.withUnsafeBytes { unsafe self.hash($0) }
        unsafe slots.withUnsafeBufferPointer { slots in
            guard let base = slots.baseAddress else { return }
            unsafe Foresight.fetch(UInt(bitPattern: base + (Int(truncatingIfNeeded: hash) & mask)))
        }
        return hash
    }

    /// Has it bring near what the look-up will compare; returns what `likely` does.
    package func foresee(_ hash: UInt64) -> Int? {
        let slot = slots[Int(truncatingIfNeeded: hash) & mask]
        guard slot.hash == hash, slot.position >= 0 else { return nil }
        unsafe keys.withUnsafeBytes { keys in
            let key = UInt(bitPattern: keys.baseAddress) &+ UInt(slot.start)
            Foresight.fetch(key)
            // It may begin at the end of a line.
            if slot.count > 64 { Foresight.fetch(key &+ 128) }
        }
        return Int(slot.position)
    }

    /// The position that will most likely come of a look-up of the key with this hash, or nil; no key is compared.
    package func likely(_ hash: UInt64) -> Int? {
        let slot = slots[Int(truncatingIfNeeded: hash) & mask]
        return slot.hash == hash && slot.position >= 0 ? Int(slot.position) : nil
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
