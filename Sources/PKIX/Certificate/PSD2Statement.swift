/// The PSD2 qualified statement of a certificate: the roles and the authority that granted them (ETSI TS 119 495
/// §5.1).
///
/// Certificates of 2019 flatten all roles into one RoleOfPSP: `SEQ{ SEQ{ OID, UTF8, OID, UTF8 } }`. Both forms are
/// read alike.
package struct PSD2Statement: Hashable, Sendable {
    /// Most roles read.
    package static let roleLimit = 16

    /// The roles in the order written.
    package let roles: [PSD2Role]
    /// Identifiers of roles nobody here knows, dotted.
    package let unknownRoles: [String]
    /// True when one RoleOfPSP holds several roles.
    package let isFlattened: Bool
    /// The competent authority's name.
    package let ncaName: String
    /// The competent authority's identifier, `GB-FCA`.
    package let ncaID: String

    /// Decodes a PSD2QcType.
    static func decode(_ reader: inout DERReader) throws(DERFault) -> PSD2Statement {
        var statement = try reader.sequence()
        var list = try statement.sequence()
        var (roles, unknown, isFlattened): ([PSD2Role], [String], Bool) = ([], [], false)
        while !list.isAtEnd {
            var role = try list.sequence()
            var pairs = 0
            repeat {
                let element = try role.next(DERTag.objectIdentifier)
                let oid = try DERValue.objectIdentifier(element, in: role)
                _ = try textElement(&role)
                pairs += 1
                guard roles.count + unknown.count < roleLimit else { throw .trailingBytes(at: element.start) }
                guard let known = PSD2Role(rawValue: oid) else {
                    unknown.append(oid)
                    continue
                }
                if !roles.contains(known) { roles.append(known) }
            } while !role.isAtEnd
            isFlattened = isFlattened || pairs > 1
        }
        let (name, id) = (try text(&statement), try text(&statement))
        try statement.finish()
        return PSD2Statement(roles: roles, unknownRoles: unknown, isFlattened: isFlattened, ncaName: name, ncaID: id)
    }

    /// Reads a UTF8String of 1…1,024 octets; the role names beside the identifiers say nothing more than those.
    private static func textElement(_ reader: inout DERReader) throws(DERFault) -> DERElement {
        let element = try reader.next(DERTag.utf8String)
        guard (1...1_024).contains(element.content.count) else { throw .string(at: element.start) }
        return element
    }

    private static func text(_ reader: inout DERReader) throws(DERFault) -> String {
        let element = try textElement(&reader)
        guard let text = DERString.decode(reader.bytes, element.content, tag: element.tag), NameText.isClean(text)
        else { throw .string(at: element.start) }
        return text
    }
}
