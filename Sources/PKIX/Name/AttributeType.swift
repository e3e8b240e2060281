/// The attribute types whose short names are understood, and whose values compare without regard to case.
///
/// Short names: RFC 4514 §3, RFC 4519, and those OpenSSL and Java print. `SN` is surname, as in RFC 4519.
package enum AttributeType {
    /// The dotted identifier for a short name in any case, nil when the name is not known.
    package static func oid(named name: String) -> String? { identifiers[name.lowercased()] }

    /// The dotted identifier for a name of one or two letters that subjects are made of; nil for any other, known or not.
    static func oid(ofShort name: ArraySlice<UInt8>) -> String? {
        guard name.count <= 2, let first = name.first, let last = name.last else { return nil }
        switch (name.count, first | 0x20, last | 0x20) {
        case (2, UInt8(ascii: "c"), UInt8(ascii: "n")): return OID.commonName
        case (2, UInt8(ascii: "o"), UInt8(ascii: "u")): return OID.organisationalUnit
        case (1, UInt8(ascii: "o"), _): return OID.organisation
        case (1, UInt8(ascii: "c"), _): return OID.country
        default: return nil
        }
    }

    /// The short name written for `oid` in a string, nil when the dotted form is written.
    package static func shortName(of oid: String) -> String? { shortNames[oid] }

    /// True when values of `oid` compare by caseIgnoreMatch or caseIgnoreIA5Match; those of unknown types compare
    /// exactly (RFC 4517 §4.2).
    package static func ignoresCase(_ oid: String) -> Bool { caseIgnored.contains(oid) }

    private static let table: [(oid: String, names: [String])] = [
        ("2.5.4.3", ["CN", "commonName"]),
        ("2.5.4.4", ["SN", "surname"]),
        ("2.5.4.5", ["serialNumber"]),
        ("2.5.4.6", ["C", "countryName"]),
        ("2.5.4.7", ["L", "localityName"]),
        ("2.5.4.8", ["ST", "S", "stateOrProvinceName"]),
        ("2.5.4.9", ["STREET", "streetAddress"]),
        ("2.5.4.10", ["O", "organizationName"]),
        ("2.5.4.11", ["OU", "organizationalUnitName"]),
        ("2.5.4.12", ["title", "T"]),
        ("2.5.4.13", ["description"]),
        ("2.5.4.15", ["businessCategory"]),
        ("2.5.4.16", ["postalAddress"]),
        ("2.5.4.17", ["postalCode"]),
        ("2.5.4.41", ["name"]),
        ("2.5.4.42", ["givenName", "GN"]),
        ("2.5.4.43", ["initials"]),
        ("2.5.4.44", ["generationQualifier"]),
        ("2.5.4.46", ["dnQualifier", "DNQ"]),
        ("2.5.4.65", ["pseudonym"]),
        ("2.5.4.97", ["organizationIdentifier"]),
        ("0.9.2342.19200300.100.1.1", ["UID", "userId"]),
        ("0.9.2342.19200300.100.1.25", ["DC", "domainComponent"]),
        ("1.2.840.113549.1.9.1", ["emailAddress", "E", "email"]),
        ("1.3.6.1.4.1.311.60.2.1.1", ["jurisdictionL", "jurisdictionLocalityName"]),
        ("1.3.6.1.4.1.311.60.2.1.2", ["jurisdictionST", "jurisdictionStateOrProvinceName"]),
        ("1.3.6.1.4.1.311.60.2.1.3", ["jurisdictionC", "jurisdictionCountryName"]),
    ]
    private static let identifiers = Dictionary(
        table.flatMap { row in row.names.map { ($0.lowercased(), row.oid) } },
        uniquingKeysWith: { first, _ in first }
    )
    private static let shortNames = Dictionary(
        table.compactMap { row in row.names.first.map { (row.oid, $0) } },
        uniquingKeysWith: { first, _ in first }
    )
    private static let caseIgnored = Set(table.map(\.oid))
}
