package import Encoding

/// An X.501 name: relative distinguished names in DER order, the most significant (`C`) first.
///
/// Equality is equality of types, texts and string types; names are compared with `matches`. Text with control
/// characters never becomes a name.
package struct DistinguishedName: Equatable, Sendable {
    package typealias Attribute = NameAttribute

    /// Most attributes read of one name.
    package static let partLimit = 32
    /// Longest string form read, in bytes.
    package static let byteLimit = 2_048

    /// The relative names; each holds one attribute, rarely several.
    package let rdns: [[NameAttribute]]

    init(rdns: [[NameAttribute]]) { self.rdns = rdns }

    /// Decodes a Name (RFC 5280 §4.1.2.4); nothing may follow it.
    package init(der: [UInt8]) throws(DNFault) {
        var reader = DERReader(der)
        let element: DERElement
        do throws(DERFault) {
            element = try reader.next(DERTag.sequence)
            try reader.finish()
        } catch { throw .encoding(error) }
        self = try DistinguishedName(element, in: reader)
    }

    /// Decodes the Name that `element` is.
    ///
    /// An empty name has no relative names and is not an error here.
    init(_ element: DERElement, in reader: DERReader) throws(DNFault) {
        rdns = try NameDecoder.decode(element, in: reader)
    }

    /// Decodes the string form of RFC 4514, which runs from the least significant part to the most.
    package static func parse(rfc4514 text: String) throws(DNFault) -> DistinguishedName {
        try parse(Array(text.utf8))
    }

    /// Decodes the string form of RFC 4514 from bytes.
    package static func parse(rfc4514 text: ByteSlice) throws(DNFault) -> DistinguishedName {
        guard text.count <= byteLimit else { throw .tooLong(limit: byteLimit) }
        return try parse(text.bytes)
    }

    private static func parse(_ bytes: [UInt8]) throws(DNFault) -> DistinguishedName {
        guard bytes.count <= byteLimit else { throw .tooLong(limit: byteLimit) }
        var parser = DNParser(bytes)
        var rdns = try parser.parse()
        rdns.reverse()
        return DistinguishedName(rdns: rdns)
    }

    /// True for a name without parts.
    package var isEmpty: Bool { rdns.isEmpty }

    /// Every value of the type `oid`, in DER order.
    package func values(of oid: String) -> [String] {
        var found: [String] = []
        for rdn in rdns {
            for attribute in rdn where attribute.oid == oid { found.append(attribute.value) }
        }
        return found
    }

    /// The value of the type `oid` when there is exactly one and it is text: a repeated type says nothing.
    package func single(_ oid: String) -> String? {
        var found: String?
        for rdn in rdns {
            for attribute in rdn where attribute.oid == oid {
                guard found == nil, attribute.isText else { return nil }
                found = attribute.value
            }
        }
        return found
    }

    /// The common name, when there is exactly one.
    package var commonName: String? { single(OID.commonName) }
    /// The organisational unit, when there is exactly one.
    package var organisationalUnit: String? { single(OID.organisationalUnit) }
    /// The organisation, when there is exactly one.
    package var organisation: String? { single(OID.organisation) }
    /// The country, when there is exactly one.
    package var country: String? { single(OID.country) }
    /// The organizationIdentifier (2.5.4.97), when there is exactly one.
    package var organisationIdentifier: String? { single(OID.organisationIdentifier) }

    /// distinguishedNameMatch: the same relative names in the same order, each a set (RFC 4517 §4.2.15).
    ///
    /// When `lenient`, also accepts `other` written in the opposite order.
    package func matches(_ other: DistinguishedName, lenient: Bool = false) -> Bool {
        guard rdns.count == other.rdns.count, !rdns.isEmpty else { return false }
        let last = rdns.count - 1
        if rdns.indices.allSatisfy({ DistinguishedName.sameSet(rdns[$0], other.rdns[$0]) }) { return true }
        return lenient && rdns.indices.allSatisfy { DistinguishedName.sameSet(rdns[$0], other.rdns[last - $0]) }
    }

    /// True when each of `types` has exactly one value in both names and those values match.
    ///
    /// For a bank that binds only the part of a subject that outlives a renewal (OB DCR 3.3,
    /// `tls_client_auth_subject_dn`).
    package func agrees(with other: DistinguishedName, on types: [String]) -> Bool {
        types.allSatisfy { type in
            guard let mine = single(type), let theirs = other.single(type) else { return false }
            return NameAttribute(oid: type, text: mine).matches(NameAttribute(oid: type, text: theirs))
        }
    }

    /// The string form of RFC 4514; `organizationIdentifier` by its name, types without a short name dotted.
    package var rfc4514: String { DNWriter.text(self) }

    private static func sameSet(_ left: [NameAttribute], _ right: [NameAttribute]) -> Bool {
        guard left.count == right.count else { return false }
        if left.count == 1 { return left[0].matches(right[0]) }
        var rest = right
        for attribute in left {
            guard let index = rest.firstIndex(where: attribute.matches) else { return false }
            rest.remove(at: index)
        }
        return true
    }
}

extension DistinguishedName: CustomStringConvertible {
    package var description: String { rfc4514 }
}
