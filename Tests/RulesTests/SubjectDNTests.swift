import Encoding
import OpenBanking
import Testing

@testable import Rules
@testable import Simulator

/// A spelling of a subject DN claim, and whether it is the certificate's in full and in its immutable part.
struct SubjectRow: CustomTestStringConvertible, Sendable {
    let name: String
    let full: Bool
    let immutable: Bool
    let software: Int
    let spell: @Sendable (SimulatedSoftware) -> String

    init(
        _ name: String,
        full: Bool,
        immutable: Bool,
        of software: Int = Stage.plain,
        _ spell: @escaping @Sendable (SimulatedSoftware) -> String
    ) {
        (self.name, self.full, self.immutable) = (name, full, immutable)
        (self.software, self.spell) = (software, spell)
    }

    var testDescription: String { name }
}

/// The subject DN claim against the certificate (rule R-138, RFC 4517 distinguishedNameMatch, rules.md 4.4).
struct SubjectDNTests {
    @Test("a spelling, compared in full", arguments: subjectRows)
    func full(_ row: SubjectRow) throws { try check(row, .full, row.full) }

    @Test("a spelling, compared in its immutable part", arguments: subjectRows)
    func immutable(_ row: SubjectRow) throws { try check(row, .immutable, row.immutable) }

    @Test("3.1's name of the claim is compared as well")
    func oldName() throws {
        var registration = try Registration()
        registration.useSubject("x")
        registration.claims["tls_client_auth_subject_dn"] = nil
        registration.claims.append("tls_client_auth_dn", "CN=other,C=GB")
        #expect(try registration.verdict().primary?.rule == .subjectDN)
    }

    @Test("another method's subject is not compared")
    func otherMethod() throws {
        var registration = try Registration()
        registration.claims.append("tls_client_auth_subject_dn", "CN=other,C=GB")
        #expect(try registration.verdict().outcome == .accepted)
    }

    private func check(_ row: SubjectRow, _ mode: Policy.SubjectMatch, _ matches: Bool) throws {
        var registration = try Registration(row.software)
        registration.policy.subjectMatch = mode
        registration.useSubject(row.spell(registration.software))
        let verdict = try registration.verdict()
        #expect(verdict.findings.filter { $0.severity == .error }.map(\.rule) == (matches ? [] : [.subjectDN]))
    }
}

private func hex(_ tag: UInt8, _ text: String) -> String {
    "#" + Hex.encode([tag, UInt8(text.utf8.count)] + Array(text.utf8))
}

let subjectRows: [SubjectRow] = [
    .init("the identifier by its short name", full: true, immutable: true) { name($0) },
    .init("by its dotted number", full: true, immutable: true) { name($0, type: "2.5.4.97") },
    .init("by OID. and the number", full: true, immutable: true) { name($0, type: "OID.2.5.4.97") },
    .init("by oid. in lower case", full: true, immutable: true) { name($0, type: "oid.2.5.4.97") },
    .init("in hexadecimal, a PrintableString", full: true, immutable: true) {
        name($0, type: "2.5.4.97", value: hex(0x13, $0.organisation.organisationIdentifier))
    },
    .init("in hexadecimal, a UTF8String", full: true, immutable: true) {
        name($0, type: "2.5.4.97", value: hex(0x0C, $0.organisation.organisationIdentifier))
    },
    .init("in upper-case hexadecimal", full: true, immutable: true) {
        name($0, type: "2.5.4.97", value: hex(0x13, $0.organisation.organisationIdentifier).uppercased())
    },
    .init("types in lower case", full: true, immutable: true) {
        let holder = $0.organisation
        return "cn=\(holder.id),organizationidentifier=\(holder.organisationIdentifier),o=\(holder.name),c=GB"
    },
    .init("spaces behind the commas", full: true, immutable: true) {
        name($0).split(separator: ",").joined(separator: ", ")
    },
    .init("values in other letter case (caseIgnoreMatch)", full: true, immutable: true) {
        let holder = $0.organisation
        return
            "CN=\(holder.id.uppercased()),2.5.4.97=\(holder.organisationIdentifier),O=\(holder.name.lowercased()),C=gb"
    },
    .init("two spaces inside a value fold into one", full: true, immutable: true) {
        let holder = $0.organisation
        let padded = holder.name.split(separator: " ").joined(separator: "  ")
        return "CN=\(holder.id),2.5.4.97=\(holder.organisationIdentifier),O=\(padded),C=GB"
    },
    .init("an escaped character", full: true, immutable: true) {
        let holder = $0.organisation
        return "CN=\\\(Hex.encode([holder.id.utf8.first ?? 0]))\(holder.id.dropFirst()),"
            + "2.5.4.97=\(holder.organisationIdentifier),O=\(holder.name),C=GB"
    },
    .init("in DER order, country first", full: true, immutable: true) {
        name($0).split(separator: ",").reversed().joined(separator: ",")
    },
    .init("another order", full: false, immutable: true) {
        let holder = $0.organisation
        return "2.5.4.97=\(holder.organisationIdentifier),CN=\(holder.id),O=\(holder.name),C=GB"
    },
    .init("a renewal under another organisation name", full: false, immutable: true) {
        let holder = $0.organisation
        return "CN=\(holder.id),2.5.4.97=\(holder.organisationIdentifier),O=Renamed PLC,C=GB"
    },
    .init("another CN", full: false, immutable: true) {
        let holder = $0.organisation
        return "CN=x,2.5.4.97=\(holder.organisationIdentifier),O=\(holder.name),C=GB"
    },
    .init("a part missing", full: false, immutable: true) {
        let holder = $0.organisation
        return "CN=\(holder.id),2.5.4.97=\(holder.organisationIdentifier),C=GB"
    },
    .init("a part too many", full: false, immutable: true) { "OU=x," + name($0) },
    .init("another identifier", full: false, immutable: false) { name($0, type: "2.5.4.97", value: "PSDGB-FCA-1") },
    .init("no identifier", full: false, immutable: false) {
        let holder = $0.organisation
        return "CN=\(holder.id),O=\(holder.name),C=GB"
    },
    .init("two identifiers", full: false, immutable: false) { "2.5.4.97=PSDGB-FCA-1," + name($0) },
    .init("one relative name of two parts", full: false, immutable: true) {
        let holder = $0.organisation
        return "CN=\(holder.id)+2.5.4.97=\(holder.organisationIdentifier),O=\(holder.name),C=GB"
    },
    .init("the identifier as another attribute's value", full: false, immutable: false) {
        let holder = $0.organisation
        return "CN=\(holder.id),OU=\(holder.organisationIdentifier),O=\(holder.name),C=GB"
    },
    .init("legacy", full: true, immutable: true, of: Stage.legacy) {
        "CN=\($0.id),OU=\($0.organisation.id),O=OpenBanking,C=GB"
    },
    .init("legacy under another O", full: false, immutable: true, of: Stage.legacy) {
        "CN=\($0.id),OU=\($0.organisation.id),O=Open Banking Limited,C=GB"
    },
    .init("legacy with another CN", full: false, immutable: false, of: Stage.legacy) {
        "CN=x,OU=\($0.organisation.id),O=OpenBanking,C=GB"
    },
    .init("legacy with another OU", full: false, immutable: false, of: Stage.legacy) {
        "CN=\($0.id),OU=x,O=OpenBanking,C=GB"
    },
]

private func name(_ software: SimulatedSoftware, type: String = "organizationIdentifier", value: String? = nil)
    -> String
{
    let holder = software.organisation
    return "CN=\(holder.id),\(type)=\(value ?? holder.organisationIdentifier),O=\(holder.name),C=GB"
}
