/// A distinguished name to be written, in DER order (country first, common name last).
package struct NameTemplate: Equatable, Sendable {
    /// The string types a name may hold, by their tags.
    package enum StringTag: UInt8, Sendable {
        case utf8 = 0x0C
        case printable = 0x13
        case teletex = 0x14
        case ia5 = 0x16
        case bmp = 0x1E
    }

    /// One attribute; the text is written as it is, allowed in its string type or not.
    package struct Attribute: Equatable, Sendable {
        /// The type in dotted form.
        package var oid: String
        /// The text.
        package var value: String
        /// The string type.
        package var tag: StringTag

        /// Makes an attribute.
        package init(oid: String, value: String, tag: StringTag = .printable) {
            (self.oid, self.value, self.tag) = (oid, value, tag)
        }
    }

    /// The relative names, each with one attribute or more.
    package var relativeNames: [[Attribute]]

    /// Makes a name with one attribute in each relative name.
    package init(_ attributes: [Attribute]) {
        relativeNames = attributes.map { [$0] }
    }

    /// Makes a name of relative names with any number of attributes.
    package init(relativeNames: [[Attribute]]) {
        self.relativeNames = relativeNames
    }

    /// Returns the Name in DER.
    package func der() throws(TemplateFault) -> [UInt8] {
        var sets: [[UInt8]] = []
        for attributes in relativeNames {
            var members: [[UInt8]] = []
            for attribute in attributes {
                let type = try DERWriter.objectIdentifier(attribute.oid)
                let bytes = Self.encode(attribute.value, attribute.tag)
                members.append(DERWriter.sequence([type, DERWriter.element(attribute.tag.rawValue, bytes)]))
            }
            sets.append(DERWriter.set(members))
        }
        return DERWriter.sequence(sets)
    }

    private static func encode(_ text: String, _ tag: StringTag) -> [UInt8] {
        guard tag == .bmp else { return Array(text.utf8) }
        return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }
}

extension NameTemplate.Attribute {
    /// Returns C (2.5.4.6).
    package static func country(_ value: String) -> Self { Self(oid: "2.5.4.6", value: value) }

    /// Returns O (2.5.4.10).
    package static func organization(_ value: String, _ tag: NameTemplate.StringTag = .printable) -> Self {
        Self(oid: "2.5.4.10", value: value, tag: tag)
    }

    /// Returns OU (2.5.4.11).
    package static func organizationalUnit(_ value: String, _ tag: NameTemplate.StringTag = .printable) -> Self {
        Self(oid: "2.5.4.11", value: value, tag: tag)
    }

    /// Returns CN (2.5.4.3).
    package static func commonName(_ value: String, _ tag: NameTemplate.StringTag = .printable) -> Self {
        Self(oid: "2.5.4.3", value: value, tag: tag)
    }

    /// Returns organizationIdentifier (2.5.4.97).
    package static func organizationIdentifier(_ value: String, _ tag: NameTemplate.StringTag = .printable) -> Self {
        Self(oid: "2.5.4.97", value: value, tag: tag)
    }
}
