import Encoding

/// One attribute of a name: a type and a value.
package struct NameAttribute: Equatable, Sendable {
    /// The type, dotted.
    package let oid: String
    /// The value as text; a value of no string type is `#` and its encoding in hex (RFC 4514 §2.4).
    package let value: String
    /// The ASN.1 type of the value, nil when it was written as plain text.
    package let rawTag: UInt8?
    /// The content octets where they are not the UTF-8 of `value`.
    private let otherBytes: [UInt8]?

    /// An attribute given as plain text.
    package init(oid: String, text: String) {
        self.oid = oid
        value = text
        rawTag = nil
        otherBytes = nil
    }

    /// An attribute as encoded, `content` octets under `tag`.
    ///
    /// Nil when a string type holds text that is not valid in it.
    init?(oid: String, tag: UInt8, in bytes: [UInt8], content: Range<Int>) {
        self.oid = oid
        rawTag = tag
        guard DERString.isText(tag) else {
            otherBytes = Array(bytes[content])
            value = "#" + Hex.encode(DERWriter.element(tag, Array(bytes[content])))
            return
        }
        guard let text = DERString.decode(bytes, content, tag: tag) else { return nil }
        value = text
        let isUTF8 = tag != DERTag.teletexString && tag != DERTag.bmpString && tag != DERTag.universalString
        otherBytes = isUTF8 ? nil : Array(bytes[content])
    }

    /// The content octets, without tag and length.
    package var rawBytes: [UInt8] { otherBytes ?? Array(value.utf8) }

    /// True when the value is characters, so that it may be compared as text.
    package var isText: Bool { rawTag.map(DERString.isText) ?? true }

    /// True when both have the same type and equal values by that type's matching rule.
    package func matches(_ other: NameAttribute) -> Bool {
        guard oid == other.oid else { return false }
        guard isText, other.isText else { return rawTag == other.rawTag && rawBytes == other.rawBytes }
        if TextMatch.sameBytes(value, other.value) { return true }
        return AttributeType.ignoresCase(oid) && TextMatch.ignoringCase(value, other.value)
    }
}
