import Glibc

/// Bytes of a buffer by position: cheap to copy, valid until the buffer next changes.
///
/// What the rules read byte by byte and claim by claim is `@inlinable`, here and in the JSON values: generic code of
/// another module is not specialised otherwise, and each call counts references up and down.
public struct ByteSlice {
    /// Where the bytes live.
    public let buffer: ByteBuffer
    /// The position of the first byte in the buffer.
    public let start: Int
    /// How many bytes there are.
    public let count: Int

    @inlinable @inline(__always)
    init(buffer: ByteBuffer, start: Int, count: Int) {
        self.buffer = buffer
        self.start = start
        self.count = count
    }

    /// The UTF-8 of `text` in a buffer of its own; for cold paths.
    package init(_ text: String) {
        let buffer = ByteBuffer(capacity: text.utf8.count)
        buffer.append(text)
        self = buffer.all
    }

    /// The bytes of `bytes` in a buffer of its own; for cold paths.
    package init(_ bytes: [UInt8]) {
        let buffer = ByteBuffer(capacity: bytes.count)
        buffer.append(bytes)
        self = buffer.all
    }

    /// Whether there is no byte.
    @inlinable @inline(__always)
    public var isEmpty: Bool { count == 0 }

    /// The position behind the last byte in the buffer.
    @inlinable @inline(__always)
    public var end: Int { start &+ count }

    /// The byte at `index`, counted from the slice's start.
    @inlinable @inline(__always)
    public subscript(_ index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "index outside the slice")
        return buffer[start &+ index]
    }

    /// The bytes at `range`, counted from the slice's start.
    @inlinable @inline(__always)
    public subscript(_ range: Range<Int>) -> ByteSlice {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the slice")
        return ByteSlice(buffer: buffer, start: start &+ range.lowerBound, count: range.count)
    }

    /// The bytes as an array.
    package var bytes: [UInt8] {
        unsafe withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// The bytes as UTF-8 text, with U+FFFD for whatever is not UTF-8.
    package var string: String {
        unsafe withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Lends the bytes to `body`, which must not change the buffer nor keep the pointer.
    @unsafe @inlinable @inline(__always)
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        checkBounds()
        return unsafe try body(UnsafeRawBufferPointer(start: buffer.base + start, count: count))
    }

    /// Stops the program when the buffer has become shorter than the slice's end.
    @inlinable @inline(__always)
    func checkBounds() {
        precondition(start >= 0 && count >= 0 && count <= buffer.count &- start, "slice outlived its bytes")
    }
}

extension ByteSlice: Equatable {
    /// Whether both hold the same bytes, wherever they live.
    public static func == (left: ByteSlice, right: ByteSlice) -> Bool { left.equals(right) }
}

extension ByteSlice: CustomStringConvertible {
    /// The bytes as text that is safe to show.
    public var description: String { Printable.text(self) }
}
