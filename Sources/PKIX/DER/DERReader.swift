/// A strict walk over DER: definite minimal lengths, single-octet tags, nothing left over.
///
/// A value that holds the bytes and a position in them, so that a nested element is read by a copy of the reader.
/// Every index is checked against the enclosing element, never only against the whole. Source: X.690 §8.1, §10.1.
package struct DERReader: Sendable {
    /// The bytes being read; elements are ranges of them.
    package let bytes: [UInt8]
    /// Where the next element starts.
    package private(set) var position: Int
    /// Where the enclosing element ends.
    package let end: Int

    /// Reads all of `bytes`.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        position = 0
        end = bytes.count
    }

    private init(bytes: [UInt8], range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// True when the enclosing element has been read to its end.
    package var isAtEnd: Bool { position >= end }

    /// The identifier octet of the next element, nil at the end.
    package var nextTag: UInt8? { position < end ? bytes[position] : nil }

    /// Reads the next element, whatever its tag.
    package mutating func next() throws(DERFault) -> DERElement {
        let start = position
        guard end - start >= 2 else { throw .truncated(at: start) }
        let tag = bytes[start]
        guard tag & 0x1F != 0x1F else { throw .highTagNumber(at: start) }
        var cursor = start + 1
        var length = Int(bytes[cursor])
        cursor += 1
        if length >= 0x80 {
            let octets = length & 0x7F
            guard octets != 0 else { throw .indefiniteLength(at: start) }
            guard octets <= 4 else { throw .lengthTooLong(at: start) }
            guard end - cursor >= octets else { throw .truncated(at: cursor) }
            guard bytes[cursor] != 0 else { throw .lengthNotMinimal(at: start) }
            length = 0
            for _ in 0..<octets {
                length = length << 8 | Int(bytes[cursor])
                cursor += 1
            }
            guard length >= 0x80 else { throw .lengthNotMinimal(at: start) }
        }
        guard length <= end - cursor else { throw .truncated(at: start) }
        position = cursor + length
        return DERElement(tag: tag, start: start, content: cursor..<position)
    }

    /// Reads the next element, which must have `tag`.
    package mutating func next(_ tag: UInt8) throws(DERFault) -> DERElement {
        guard position < end else { throw .truncated(at: position) }
        guard bytes[position] == tag else { throw .tag(expected: tag, found: bytes[position], at: position) }
        return try next()
    }

    /// Reads the next element when it has `tag`, otherwise leaves it and returns nil.
    package mutating func optional(_ tag: UInt8) throws(DERFault) -> DERElement? {
        nextTag == tag ? try next() : nil
    }

    /// A reader of what is inside `element`.
    package func inside(_ element: DERElement) -> DERReader {
        DERReader(bytes: bytes, range: element.content)
    }

    /// Reads the next element, which must be a SEQUENCE, and returns a reader of what is inside.
    package mutating func sequence() throws(DERFault) -> DERReader {
        inside(try next(DERTag.sequence))
    }

    /// Fails unless everything was read.
    package func finish() throws(DERFault) {
        guard isAtEnd else { throw .trailingBytes(at: position) }
    }

    /// The bytes of `range`, copied.
    package func copy(_ range: Range<Int>) -> [UInt8] { Array(bytes[range]) }
}
