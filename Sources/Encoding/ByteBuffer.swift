import CVector
import Glibc

/// Growable bytes with one owner, reused from request to request.
///
/// Every access is checked against `count`; a slice that outlived a change may read other bytes, never bytes outside.
/// Not Sendable: a worker owns its buffers.
@safe
public final class ByteBuffer {
    // Without the run-time exclusivity check: all accesses are in this file, and each ends before the next begins.

    /// How many bytes the buffer holds.
    @safe @exclusivity(unchecked) public private(set) var count = 0

    @safe @exclusivity(unchecked) private var capacity: Int
    @usableFromInline @exclusivity(unchecked) var storage: UnsafeMutablePointer<UInt8>

    /// Makes an empty buffer with room for `capacity` bytes.
    package init(capacity: Int = 0) {
        self.capacity = max(capacity, 16)
        unsafe storage = LargePages.allocate(self.capacity)
    }

    deinit {
        unsafe storage.deallocate()
    }

    /// The first byte; valid until the buffer next grows.
    @inlinable @inline(__always)
    var base: UnsafeMutablePointer<UInt8> { unsafe storage }

    /// Everything in the buffer.
    @inlinable @inline(__always)
    public var all: ByteSlice { ByteSlice(buffer: self, start: 0, count: count) }

    /// The bytes at `range`, which must lie inside the buffer.
    @inlinable @inline(__always)
    public subscript(_ range: Range<Int>) -> ByteSlice {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the buffer")
        return ByteSlice(buffer: self, start: range.lowerBound, count: range.count)
    }

    /// The byte at `index`, which must lie inside the buffer.
    @inlinable @inline(__always)
    public subscript(_ index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "index outside the buffer")
        return unsafe storage[index]
    }

    /// Empties the buffer and keeps its room.
    package func removeAll() {
        count = 0
    }

    /// Drops what follows the first `count` bytes; a longer count changes nothing.
    package func truncate(to count: Int) {
        precondition(count >= 0, "negative count")
        self.count = min(self.count, count)
    }

    /// Makes room for `extra` more bytes, so that appending them moves nothing.
    @inline(__always)
    package func reserve(_ extra: Int) {
        precondition(extra >= 0, "negative room")
        if capacity &- count < extra { grow(by: extra) }
    }

    /// Appends one byte.
    @inline(__always)
    package func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        unsafe storage[count] = byte
        count &+= 1
    }

    /// Appends the UTF-8 of a literal.
    package func append(_ text: StaticString) {
        text.withUTF8Buffer { unsafe append(unsafe: UnsafeRawBufferPointer($0)) }
    }

    /// Appends a literal between quotes.
    func appendQuoted(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount + 2)
        append(UInt8(ascii: "\""))
        append(text)
        append(UInt8(ascii: "\""))
    }

    /// Appends bytes that do not lie in this buffer between quotes, where all of them stand for themselves in a JSON string
    /// and none is a delete character; returns false and appends nothing where one does not.
    @unsafe
    @inline(__always)
    func appendQuoted(ifPlain bytes: UnsafeRawBufferPointer) -> Bool {
        reserve(bytes.count &+ 2)
        let place = unsafe storage + count
        if let source = bytes.baseAddress {
            let text = unsafe source.assumingMemoryBound(to: UInt8.self)
            guard unsafe counterfoil_copy_plain(text, UInt(bytes.count), place + 1) != 0 else { return false }
        }
        unsafe place[0] = UInt8(ascii: "\"")
        unsafe place[bytes.count &+ 1] = UInt8(ascii: "\"")
        count &+= bytes.count &+ 2
        return true
    }

    /// Appends the UTF-8 of a string.
    package func append(_ text: String) {
        // Strings of our own are contiguous; another kind is made so first.
        let done: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
            unsafe append(unsafe: UnsafeRawBufferPointer($0))
        }
        guard done == nil else { return }
        var text = text
        text.withUTF8 { unsafe append(unsafe: UnsafeRawBufferPointer($0)) }
    }

    /// Appends the bytes of a slice, which may be one of this buffer.
    package func append(_ slice: ByteSlice) {
        slice.checkBounds()
        reserve(slice.count)
        unsafe memcpy(storage + count, slice.buffer.storage + slice.start, slice.count)
        count &+= slice.count
    }

    /// Appends an array's bytes.
    package func append(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe append(unsafe: $0) }
    }

    /// Appends bytes that do not lie in this buffer.
    @unsafe
    @inline(__always)
    package func append(unsafe bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        unsafe memcpy(storage + count, source, bytes.count)
        count &+= bytes.count
    }

    /// Becomes the bytes of `slice`, which may be one of this buffer.
    package func replace(with slice: ByteSlice) {
        slice.checkBounds()
        reserve(max(0, slice.count - count))
        unsafe memmove(storage, slice.buffer.storage + slice.start, slice.count)
        count = slice.count
    }

    /// Takes out the bytes at `range` and closes the gap.
    package func remove(_ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the buffer")
        unsafe memmove(storage + range.lowerBound, storage + range.upperBound, count - range.upperBound)
        count -= range.count
    }

    /// Lets `body` write up to `room` bytes behind the last one; its result is how many it wrote.
    ///
    /// `body` may scribble over all of the room, but must not touch the buffer otherwise.
    @unsafe
    package func appendUnsafe<E: Error>(
        _ room: Int,
        _ body: (UnsafeMutableRawBufferPointer) throws(E) -> Int
    ) throws(E) {
        reserve(room)
        let written = unsafe try body(UnsafeMutableRawBufferPointer(start: storage + count, count: room))
        precondition(written >= 0 && written <= room, "more written than there was room")
        count &+= written
    }

    /// Lends the bytes to `body`, which must not change the buffer nor keep the pointer.
    @unsafe
    package func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        unsafe try body(UnsafeRawBufferPointer(start: storage, count: count))
    }

    /// Puts `length` zero bytes behind the last one without counting them, as stop marks for a scanner.
    func pad(_ length: Int) {
        reserve(length)
        unsafe memset(storage + count, 0, length)
    }

    private func grow(by extra: Int) {
        let wanted = max(count + extra, capacity * 2)
        let larger = unsafe LargePages.allocate(wanted)
        unsafe memcpy(larger, storage, count)
        unsafe storage.deallocate()
        unsafe storage = larger
        capacity = wanted
    }
}
