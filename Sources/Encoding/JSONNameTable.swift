import Glibc

/// Finds repeated member names: one open-addressing table for all objects of a document, keyed by (object, name).
///
/// A stamp per entry makes clearing free; the hash is seeded and every hit compares bytes, so prepared names gain
/// nothing, and the document's node limit bounds the work anyway. Owned by a document, which frees it.
@safe
struct JSONNameTable {
    private struct Entry {
        var stamp: UInt32
        var object: UInt32
        var name: UInt32
        var hash: UInt32
    }

    private var entries: UnsafeMutablePointer<Entry>
    private var mask: Int
    private var used = 0
    private var stamp: UInt32 = 0
    private let seed = ByteHash.seed
    /// Spreads equal names of different objects.
    private static let spread: UInt64 = 0xA076_1D64_78BD_642F

    init() {
        mask = 255
        unsafe entries = .allocate(capacity: 256)
        unsafe entries.initialize(repeating: Entry(stamp: 0, object: 0, name: 0, hash: 0), count: 256)
    }

    func free() {
        unsafe entries.deallocate()
    }

    /// Forgets all names.
    mutating func removeAll() {
        used = 0
        stamp &+= 1
        guard stamp == 0 else { return }
        unsafe entries.initialize(repeating: Entry(stamp: 0, object: 0, name: 0, hash: 0), count: mask + 1)
        stamp = 1
    }

    /// Enters the name node `name` for `object`, and notes its `ByteHash` there for whoever looks the name up later; false
    /// when the object already has a name of these bytes.
    @inline(__always)
    mutating func insert(
        _ name: Int,
        object: Int,
        _ text: UnsafeMutablePointer<UInt8>,
        _ nodes: UnsafeMutablePointer<JSONNode>
    ) -> Bool {
        let start = unsafe Int(nodes[name].start)
        let count = unsafe Int(nodes[name].count)
        let bytes = unsafe UnsafeRawPointer(text + start)
        let full = unsafe ByteHash.hash(bytes, count: count, seed: seed)
        unsafe nodes[name].integer = Int64(bitPattern: full)
        let hash = UInt32(truncatingIfNeeded: ByteHash.fold(full ^ UInt64(truncatingIfNeeded: object), Self.spread))
        var slot = Int(hash) & mask
        while unsafe entries[slot].stamp == stamp {
            if unsafe entries[slot].hash == hash, unsafe entries[slot].object == UInt32(truncatingIfNeeded: object) {
                let other = unsafe nodes[Int(entries[slot].name)]
                if Int(other.count) == count, unsafe same(bytes, text + Int(other.start), count) { return false }
            }
            slot = (slot &+ 1) & mask
        }
        unsafe entries[slot] = Entry(
            stamp: stamp,
            object: UInt32(truncatingIfNeeded: object),
            name: UInt32(truncatingIfNeeded: name),
            hash: hash
        )
        used &+= 1
        if used &* 2 > mask { grow() }
        return true
    }

    private func same(_ left: UnsafeRawPointer, _ right: UnsafeMutablePointer<UInt8>, _ count: Int) -> Bool {
        unsafe memcmp(left, right, count) == 0
    }

    private mutating func grow() {
        let old = unsafe UnsafeMutableBufferPointer(start: entries, count: mask + 1)
        let size = (mask + 1) * 2
        let larger = UnsafeMutablePointer<Entry>.allocate(capacity: size)
        unsafe larger.initialize(repeating: Entry(stamp: 0, object: 0, name: 0, hash: 0), count: size)
        mask = size - 1
        for index in 0..<old.count where unsafe old[index].stamp == stamp {
            var slot = unsafe Int(old[index].hash) & mask
            while unsafe larger[slot].stamp == stamp { slot = (slot + 1) & mask }
            unsafe larger[slot] = unsafe old[index]
        }
        unsafe old.deallocate()
        unsafe entries = unsafe larger
    }
}
