/// The primitive values of DER, each in its only permitted form (X.690 §8, §11).
package enum DERValue {
    /// A BOOLEAN: one octet, 00 or FF.
    package static func boolean(_ element: DERElement, in reader: DERReader) throws(DERFault) -> Bool {
        guard element.content.count == 1 else { throw .boolean(at: element.start) }
        switch reader.bytes[element.content.lowerBound] {
        case 0x00: return false
        case 0xFF: return true
        default: throw .boolean(at: element.start)
        }
    }

    /// The content octets of an INTEGER, checked to be minimal; the sign is the top bit of the first.
    package static func integer(_ element: DERElement, in reader: DERReader) throws(DERFault) -> Range<Int> {
        let range = element.content
        guard let first = range.first else { throw .integer(at: element.start) }
        if range.count > 1 {
            let head = reader.bytes[first]
            let sign = reader.bytes[first + 1] & 0x80
            guard !(head == 0x00 && sign == 0), !(head == 0xFF && sign != 0) else { throw .integer(at: element.start) }
        }
        return range
    }

    /// A small non-negative INTEGER or ENUMERATED, 0…`limit`.
    package static func small(
        _ element: DERElement,
        in reader: DERReader,
        upTo limit: Int = 0x7FFF_FFFF
    ) throws(DERFault) -> Int {
        let range = try integer(element, in: reader)
        guard range.count <= 5, reader.bytes[range.lowerBound] & 0x80 == 0 else { throw .integer(at: element.start) }
        var value = 0
        for index in range { value = value << 8 | Int(reader.bytes[index]) }
        guard value <= limit else { throw .integer(at: element.start) }
        return value
    }

    /// The octets of a BIT STRING that has no unused bits: a key or a signature.
    package static func octets(ofBits element: DERElement, in reader: DERReader) throws(DERFault) -> Range<Int> {
        guard let first = element.content.first, reader.bytes[first] == 0 else { throw .bitString(at: element.start) }
        return first + 1..<element.content.upperBound
    }

    /// The first sixteen bits of a named BIT STRING, bit 0 lowest; DER forbids trailing zero bits (X.690 §11.2.2).
    package static func flags(_ element: DERElement, in reader: DERReader) throws(DERFault) -> UInt16 {
        let range = element.content
        guard let first = range.first else { throw .bitString(at: element.start) }
        let unused = reader.bytes[first]
        guard range.count <= 3, unused < 8, range.count > 1 || unused == 0 else { throw .bitString(at: element.start) }
        guard range.count > 1 else { return 0 }
        let last = reader.bytes[range.upperBound - 1]
        guard last & (1 << unused - 1) == 0, last & 1 << unused != 0 else { throw .bitString(at: element.start) }
        var flags: UInt16 = 0
        for (octet, index) in (first + 1..<range.upperBound).enumerated() {
            for bit in 0..<8 where reader.bytes[index] & 0x80 >> bit != 0 { flags |= 1 << (octet * 8 + bit) }
        }
        return flags
    }

    /// An OBJECT IDENTIFIER as dotted text.
    package static func objectIdentifier(_ element: DERElement, in reader: DERReader) throws(DERFault) -> String {
        guard let text = ObjectIdentifierText.dotted(reader.bytes, element.content) else {
            throw .objectIdentifier(at: element.start)
        }
        return text
    }

    /// A NULL: no content.
    package static func null(_ element: DERElement) throws(DERFault) {
        guard element.content.isEmpty else { throw .null(at: element.start) }
    }
}
