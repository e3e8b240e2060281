import Encoding

/// Reads the string form of a name: RFC 4514, with the quotation marks and spaces of RFC 2253 that writers still use.
///
/// Where two readers could differ (an unescaped `;`, `<` or `>`, a stray quotation mark) the text is refused.
struct DNParser {
    private let bytes: [UInt8]
    private var position = 0
    private var parts = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The relative names in the order written.
    mutating func parse() throws(DNFault) -> [[NameAttribute]] {
        skipSpaces()
        guard let first = current else { throw .empty }
        guard first != UInt8(ascii: "/") else { throw .slashForm }
        var rdns: [[NameAttribute]] = []
        rdns.reserveCapacity(8)
        while true {
            var rdn = [try attribute()]
            while current == UInt8(ascii: "+") {
                position += 1
                rdn.append(try attribute())
            }
            rdns.append(rdn)
            guard let separator = current else { return rdns }
            guard separator == UInt8(ascii: ",") else { throw .mustBeEscaped(at: position) }
            position += 1
        }
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipSpaces() {
        while current == 0x20 { position += 1 }
    }

    private mutating func attribute() throws(DNFault) -> NameAttribute {
        parts += 1
        guard parts <= DistinguishedName.partLimit else { throw .tooManyParts(limit: DistinguishedName.partLimit) }
        skipSpaces()
        let oid = try type()
        skipSpaces()
        guard current == UInt8(ascii: "=") else { throw .missingEquals(at: position) }
        position += 1
        skipSpaces()
        let start = position
        if let plain = try simpleValue() { return NameAttribute(oid: oid, text: plain) }
        if current == UInt8(ascii: "#") { return try hexValue(oid) }
        let text = current == UInt8(ascii: "\"") ? try quotedValue() : try plainValue()
        guard let value = String(validating: text, as: UTF8.self) else { throw .notUTF8(at: start) }
        guard !value.isEmpty else { throw .emptyValue(at: start) }
        guard NameText.isClean(value) else { throw .controlCharacter(at: start) }
        return NameAttribute(oid: oid, text: value)
    }

    private mutating func type() throws(DNFault) -> String {
        let start = position
        while let byte = current, DNParser.isTypeCharacter(byte) { position += 1 }
        guard position > start else { throw .attributeType(at: start) }
        if let oid = AttributeType.oid(ofShort: bytes[start..<position]) { return oid }
        let typed = DNParser.withoutPrefix(bytes[start..<position])
        if typed.elementsEqual(DNParser.identifierType) { return OID.organisationIdentifier }
        let name = String(decoding: typed, as: UTF8.self)
        if typed.first.map({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) == true {
            guard ObjectIdentifierText.encoded(name) != nil else { throw .attributeType(at: start) }
            return name
        }
        guard let oid = AttributeType.oid(named: name) else { throw .unknownAttributeType(name, at: start) }
        return oid
    }

    /// What certificates of payment service providers bear and few writers have a name for.
    private static let identifierType = Array(OID.organisationIdentifier.utf8)

    /// A type without the `OID.` that some writers put before a dotted one, in any case.
    private static func withoutPrefix(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard name.count > 4 else { return name }
        for (letter, byte) in zip(name, "oid.".utf8) where letter | (letter == 0x2E ? 0 : 0x20) != byte { return name }
        return name.dropFirst(4)
    }

    private static func isTypeCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// A value of printable ASCII without quotation marks and escapes, as nearly all are, read in one go; nil, and nothing
    /// read, where it is not one.
    private mutating func simpleValue() throws(DNFault) -> String? {
        let start = position
        var (index, end) = (start, start)
        while index < bytes.count, bytes[index] != UInt8(ascii: ","), bytes[index] != UInt8(ascii: "+") {
            switch bytes[index] {
            case 0x20: break
            case UInt8(ascii: "#") where index == start: return nil
            case UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"):
                return nil
            case 0x21...0x7E: end = index + 1
            default: return nil
            }
            index += 1
        }
        guard end > start else { throw .emptyValue(at: start) }
        position = index
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    private mutating func plainValue() throws(DNFault) -> [UInt8] {
        var text: [UInt8] = []
        var keep = 0
        while let byte = current, byte != UInt8(ascii: ","), byte != UInt8(ascii: "+") {
            switch byte {
            case UInt8(ascii: "\\"):
                text.append(try escaped())
                keep = text.count
            case UInt8(ascii: "\""), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: ">"):
                throw .mustBeEscaped(at: position)
            default:
                text.append(byte)
                position += 1
                if byte != 0x20 { keep = text.count }
            }
        }
        return Array(text.prefix(keep))
    }

    private mutating func quotedValue() throws(DNFault) -> [UInt8] {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                skipSpaces()
                return text
            case UInt8(ascii: "\\"):
                text.append(try escaped())
            default:
                text.append(byte)
                position += 1
            }
        }
        throw .quotation(at: start)
    }

    private mutating func escaped() throws(DNFault) -> UInt8 {
        let start = position
        position += 1
        guard let byte = current else { throw .escape(at: start) }
        switch byte {
        case 0x20, UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "<"), UInt8(ascii: "="), UInt8(ascii: ">"), UInt8(ascii: "\\"):
            position += 1
            return byte
        default:
            guard let high = nibble(at: position), let low = nibble(at: position + 1) else { throw .escape(at: start) }
            position += 2
            return high << 4 | low
        }
    }

    private mutating func hexValue(_ oid: String) throws(DNFault) -> NameAttribute {
        let start = position
        position += 1
        var encoded: [UInt8] = []
        while let high = nibble(at: position), let low = nibble(at: position + 1) {
            encoded.append(high << 4 | low)
            position += 2
        }
        skipSpaces()
        guard current == nil || current == UInt8(ascii: ",") || current == UInt8(ascii: "+") else {
            throw .hexValue(at: start)
        }
        var reader = DERReader(encoded)
        let element: DERElement
        do throws(DERFault) {
            element = try reader.next()
            try reader.finish()
        } catch { throw .hexValue(at: start) }
        guard let attribute = NameAttribute(oid: oid, tag: element.tag, in: encoded, content: element.content) else {
            throw .hexValue(at: start)
        }
        guard !element.content.isEmpty else { throw .emptyValue(at: start) }
        guard NameText.isClean(attribute.value) else { throw .controlCharacter(at: start) }
        return attribute
    }

    private func nibble(at index: Int) -> UInt8? {
        guard index < bytes.count else { return nil }
        switch bytes[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return bytes[index] - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): return bytes[index] - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): return bytes[index] - UInt8(ascii: "A") + 10
        default: return nil
        }
    }
}
