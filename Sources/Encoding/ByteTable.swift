/// An immutable map from byte strings to values, read by slice without making a String.
///
/// Open addressing over a seeded hash; built once, shared freely.
package struct ByteTable<Value: Sendable>: Sendable {
    private let index: ByteIndex
    private let values: [Value]

    /// Makes the map; of equal keys the later entry wins.
    package init(_ entries: [(key: [UInt8], value: Value)]) {
        index = ByteIndex(entries.map { $0.key })
        values = entries.map { $0.value }
    }

    /// How many different keys there are.
    package var count: Int { index.count }

    /// The value under the bytes of a slice.
    package subscript(_ key: ByteSlice) -> Value? {
        let position = unsafe key.withUnsafeBytes { unsafe index.position(of: $0) }
        return position.map { values[$0] }
    }

    /// The value under these bytes, whose `ByteHash` is known.
    @unsafe
    func value(of key: UnsafeRawBufferPointer, hash: UInt64) -> Value? {
        let position = unsafe index.position(of: key, hash: hash)
        return position.map { values[$0] }
    }

    /// The value under the bytes of an array.
    package subscript(_ key: [UInt8]) -> Value? {
        let position = unsafe key.withUnsafeBytes { unsafe index.position(of: $0) }
        return position.map { values[$0] }
    }

    /// The value under the UTF-8 of a string.
    package subscript(_ key: String) -> Value? {
        var key = key
        let position = key.withUTF8 { unsafe index.position(of: UnsafeRawBufferPointer($0)) }
        return position.map { values[$0] }
    }
}
