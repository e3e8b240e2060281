import Glibc

extension ByteSlice {
    /// Whether both hold the same bytes.
    package func equals(_ other: ByteSlice) -> Bool {
        guard count == other.count else { return false }
        checkBounds()
        other.checkBounds()
        return unsafe memcmp(buffer.base + start, other.buffer.base + other.start, count) == 0
    }

    /// Whether the bytes are the UTF-8 of a literal.
    @inlinable @inline(__always)
    public func equals(_ text: StaticString) -> Bool { text.utf8CodeUnitCount == count && isSame(text) }

    /// Whether the bytes are the UTF-8 of a string.
    package func equals(_ text: String) -> Bool {
        guard text.utf8.count == count else { return false }
        // Strings of our own are contiguous; another kind is made so first.
        let same = unsafe text.utf8.withContiguousStorageIfAvailable { unsafe equals(UnsafeRawBufferPointer($0)) }
        if let same { return same }
        var text = text
        return text.withUTF8 { unsafe equals(UnsafeRawBufferPointer($0)) }
    }

    /// Whether the bytes are those of an array.
    package func equals(_ bytes: [UInt8]) -> Bool {
        unsafe bytes.withUnsafeBytes { unsafe equals($0) }
    }

    /// Whether the bytes are those of a literal when A…Z and a…z count as the same.
    @inlinable @inline(__always)
    public func equalsIgnoringASCIICase(_ text: StaticString) -> Bool {
        text.utf8CodeUnitCount == count && isSameIgnoringASCIICase(text)
    }

    /// Whether the bytes begin with a literal.
    package func hasPrefix(_ text: StaticString) -> Bool {
        count >= text.utf8CodeUnitCount && text.withUTF8Buffer { unsafe equals(UnsafeRawBufferPointer($0), at: 0) }
    }

    /// Whether the bytes end with a literal.
    package func hasSuffix(_ text: StaticString) -> Bool {
        let start = count - text.utf8CodeUnitCount
        return start >= 0 && text.withUTF8Buffer { unsafe equals(UnsafeRawBufferPointer($0), at: start) }
    }

    /// Whether the bytes begin with those of another slice.
    package func hasPrefix(_ other: ByteSlice) -> Bool {
        guard count >= other.count else { return false }
        return unsafe other.withUnsafeBytes { unsafe equals($0, at: 0) }
    }

    /// The first position of `byte` at or behind `from`, counted from the slice's start.
    package func firstIndex(of byte: UInt8, from: Int = 0) -> Int? {
        precondition(from >= 0, "negative position")
        guard from < count else { return nil }
        checkBounds()
        let base = unsafe UnsafeRawPointer(buffer.base + start)
        guard let found = unsafe memchr(base + from, Int32(byte), count - from) else { return nil }
        return unsafe UnsafeRawPointer(found) - base
    }

    /// The last position of `byte` before `end`, counted from the slice's start.
    package func lastIndex(of byte: UInt8, before end: Int) -> Int? {
        precondition(end >= 0 && end <= count, "index outside the slice")
        return unsafe withUnsafeBytes { bytes in
            var index = end
            // Eight at a time while none of them is it.
            while index >= 8,
                unsafe !StringMarks.holds(byte, bytes.loadUnaligned(fromByteOffset: index &- 8, as: UInt64.self))
            {
                index &-= 8
            }
            while index > 0 {
                index &-= 1
                if unsafe bytes[index] == byte { return index }
            }
            return nil
        }
    }

    /// The first position whose byte satisfies `predicate`.
    @inlinable @inline(__always)
    public func firstIndex(where predicate: (UInt8) -> Bool) -> Int? {
        unsafe withUnsafeBytes { bytes in
            for index in 0..<bytes.count where unsafe predicate(bytes[index]) { return index }
            return nil
        }
    }

    /// Whether any byte satisfies `predicate`.
    @inlinable @inline(__always)
    public func contains(_ predicate: (UInt8) -> Bool) -> Bool { firstIndex(where: predicate) != nil }

    /// Whether all bytes are printable ASCII (0x20 to 0x7E).
    package var isPrintableASCII: Bool { unsafe withUnsafeBytes { unsafe StringMarks.arePrintable($0) } }

    /// Whether the bytes of another slice stand at `offset`.
    package func holds(_ piece: ByteSlice, at offset: Int) -> Bool {
        guard piece.count <= count &- offset else { return false }
        return unsafe piece.withUnsafeBytes { unsafe equals($0, at: offset) }
    }

    /// Whether a literal stands at `offset`.
    package func holds(_ piece: StaticString, at offset: Int) -> Bool {
        guard piece.utf8CodeUnitCount <= count &- offset else { return false }
        return piece.withUTF8Buffer { unsafe equals(UnsafeRawBufferPointer($0), at: offset) }
    }

    /// The slice without the spaces, tabs and line ends around it.
    package var trimmedASCIIWhitespace: ByteSlice {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var first = 0
        var end = count
        while first < end, isSpace(self[first]) { first += 1 }
        while end > first, isSpace(self[end - 1]) { end -= 1 }
        return self[first..<end]
    }

    @usableFromInline func isSame(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { unsafe equals(UnsafeRawBufferPointer($0)) }
    }

    @usableFromInline func isSameIgnoringASCIICase(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { other in
            unsafe withUnsafeBytes { mine in
                guard mine.count == other.count else { return false }
                if unsafe equals(UnsafeRawBufferPointer(other)) { return true }
                for index in 0..<mine.count where unsafe lowered(mine[index]) != lowered(other[index]) { return false }
                return true
            }
        }
    }

    private func equals(_ other: UnsafeRawBufferPointer) -> Bool {
        guard other.count == count else { return false }
        guard let theirs = other.baseAddress else { return true }
        checkBounds()
        return unsafe memcmp(buffer.base + start, theirs, count) == 0
    }

    /// Whether these bytes stand at `offset`, from which on there are as many.
    private func equals(_ other: UnsafeRawBufferPointer, at offset: Int) -> Bool {
        guard let theirs = other.baseAddress else { return true }
        checkBounds()
        precondition(offset >= 0 && other.count <= count &- offset, "compared outside the slice")
        return unsafe memcmp(buffer.base + start + offset, theirs, other.count) == 0
    }

    private func lowered(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
