import Encoding
import OpenBanking
import Scores
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

/// The subject DN claim against the certificate (rule R-138, RFC 4517 distinguishedNameMatch).
struct SubjectDNTests {
    @Test("a spelling, compared in full", arguments: subjectRows)
    func full(_ row: SubjectRow) throws { try check(row, .full, row.full) }

    @Test("a spelling, compared in its immutable part", arguments: subjectRows)
    func immutable(_ row: SubjectRow) throws { try check(row, .immutable, row.immutable) }

    @Test("the table is judged whole, in full and in its immutable part")
    func score() throws {
        var (accepts, rejects): ([String], [String]) = ([], [])
        for row in subjectRows {
            for (mode, matches) in [(Policy.SubjectMatch.full, row.full), (.immutable, row.immutable)] {
                let isRefused = try errors(row, mode).contains(.subjectDN)
                if isRefused == matches {
                    if matches { rejects.append(row.name) } else { accepts.append(row.name) }
                }
            }
        }
        #expect(accepts + rejects == [])
        Score(
            "own spellings of subject DN claims",
            passed: 2 * subjectRows.count - accepts.count - rejects.count,
            of: 2 * subjectRows.count,
            falseAccepts: accepts,
            falseRejects: rejects,
            note: "\(subjectRows.count) spellings, each compared in full and in its immutable part"
        ).record()
    }

    @Test("the table has at least 60 rows and none twice")
    func tableIsLarge() {
        #expect(subjectRows.count >= 60)
        #expect(Set(subjectRows.map(\.name)).count == subjectRows.count)
    }

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
        #expect(try errors(row, mode) == (matches ? [] : [.subjectDN]))
    }

    /// The rules a spelling breaks.
    private func errors(_ row: SubjectRow, _ mode: Policy.SubjectMatch) throws -> [RuleID] {
        var registration = try Registration(row.software)
        registration.policy.subjectMatch = mode
        registration.useSubject(row.spell(registration.software))
        return try registration.verdict().findings.filter { $0.severity == .error }.map(\.rule)
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
    .init("2.5.4.97 with spaces around the equals signs", full: true, immutable: true) {
        name($0).split(separator: "=").joined(separator: " = ")
    },
    .init("every type by its number", full: true, immutable: true) {
        let holder = $0.organisation
        return "2.5.4.3=\(holder.id),2.5.4.97=\(holder.organisationIdentifier),2.5.4.10=\(holder.name),2.5.4.6=GB"
    },
    .init("every type by OID. and its number", full: true, immutable: true) {
        let holder = $0.organisation
        return "OID.2.5.4.3=\(holder.id),OID.2.5.4.97=\(holder.organisationIdentifier),OID.2.5.4.10=\(holder.name),"
            + "OID.2.5.4.6=GB"
    },
    .init("every value in hexadecimal", full: true, immutable: true) {
        let holder = $0.organisation
        return "2.5.4.3=\(hex(0x13, holder.id)),2.5.4.97=\(hex(0x13, holder.organisationIdentifier)),"
            + "2.5.4.10=\(hex(0x13, holder.name)),2.5.4.6=\(hex(0x13, "GB"))"
    },
    .init("hexadecimal by the short name", full: true, immutable: true) {
        name($0, value: hex(0x13, $0.organisation.organisationIdentifier))
    },
    .init("hexadecimal by OID. and the number", full: true, immutable: true) {
        name($0, type: "OID.2.5.4.97", value: hex(0x0C, $0.organisation.organisationIdentifier))
    },
    .init("hexadecimal in DER order", full: true, immutable: true) {
        reversed(name($0, type: "2.5.4.97", value: hex(0x13, $0.organisation.organisationIdentifier)))
    },
    .init("the number in DER order", full: true, immutable: true) { reversed(name($0, type: "2.5.4.97")) },
    .init("DER order with spaces", full: true, immutable: true) {
        reversed(name($0)).split(separator: ",").joined(separator: ", ")
    },
    .init("DER order with types in lower case", full: true, immutable: true) {
        let holder = $0.organisation
        return "c=GB,o=\(holder.name),organizationidentifier=\(holder.organisationIdentifier),cn=\(holder.id)"
    },
    .init("types in capitals", full: true, immutable: true) {
        name($0, type: "ORGANIZATIONIDENTIFIER")
    },
    .init("the country in lower case", full: true, immutable: true) {
        String(name($0).dropLast(2)) + "gb"
    },
    .init("the identifier in lower case (caseIgnoreMatch)", full: true, immutable: true) {
        name($0, value: $0.organisation.organisationIdentifier.lowercased())
    },
    .init("the identifier in lower-case hexadecimal", full: true, immutable: true) {
        name($0, type: "2.5.4.97", value: hex(0x13, $0.organisation.organisationIdentifier).lowercased())
    },
    .init("spaces before the commas", full: true, immutable: true) {
        name($0).split(separator: ",").joined(separator: " ,")
    },
    .init("spaces around the whole", full: true, immutable: true) { " " + name($0) + " " },
    .init("an escaped hyphen in the identifier", full: true, immutable: true) {
        name($0, value: $0.organisation.organisationIdentifier.split(separator: "-").joined(separator: "\\2D"))
    },
    .init("an escaped space inside O", full: true, immutable: true) {
        let holder = $0.organisation
        let escaped = holder.name.split(separator: " ").joined(separator: "\\20")
        return "CN=\(holder.id),2.5.4.97=\(holder.organisationIdentifier),O=\(escaped),C=GB"
    },
    .init("two CNs", full: false, immutable: true) { "CN=second," + name($0) },
    .init("the country twice", full: false, immutable: true) { name($0) + ",C=GB" },
    .init("another country", full: false, immutable: true) { String(name($0).dropLast(2)) + "IE" },
    .init("no country", full: false, immutable: true) { String(name($0).dropLast(5)) },
    .init("no CN", full: false, immutable: true) {
        name($0).split(separator: ",").dropFirst().joined(separator: ",")
    },
    .init("CN and O exchanged", full: false, immutable: true) {
        let holder = $0.organisation
        return "CN=\(holder.name),2.5.4.97=\(holder.organisationIdentifier),O=\(holder.id),C=GB"
    },
    .init("the identifier a character short", full: false, immutable: false) {
        name($0, value: String($0.organisation.organisationIdentifier.dropLast()))
    },
    .init("the identifier a character long", full: false, immutable: false) {
        name($0, value: $0.organisation.organisationIdentifier + "0")
    },
    .init("the identifier of another authority", full: false, immutable: false) {
        name($0, value: "PSDGB-FCA-" + $0.organisation.registrationID)
    },
    .init("the identifier of another country", full: false, immutable: false) {
        name($0, value: "PSDIE-OB-" + $0.organisation.registrationID)
    },
    .init("the identifier in hexadecimal, another's", full: false, immutable: false) {
        name($0, type: "2.5.4.97", value: hex(0x13, "PSDGB-FCA-1"))
    },
    .init("a comma that is not the certificate's, escaped", full: false, immutable: true) {
        let holder = $0.organisation
        return "CN=\(holder.id),2.5.4.97=\(holder.organisationIdentifier),O=\(holder.name)\\, C\\=GB,C=GB"
    },
    .init("an attribute forged inside a value", full: false, immutable: false) {
        let holder = $0.organisation
        return "CN=\(holder.id)\\,2.5.4.97=\(holder.organisationIdentifier),O=\(holder.name),C=GB"
    },
    .init("a Cyrillic letter in O that looks the same", full: false, immutable: true) {
        let holder = $0.organisation
        return "CN=\(holder.id),2.5.4.97=\(holder.organisationIdentifier),O=\u{41E}\(holder.name.dropFirst()),C=GB"
    },
    .init("the identifier by a number that only begins alike", full: false, immutable: false) {
        name($0, type: "2.5.4.970")
    },
    .init("all parts in one relative name", full: false, immutable: true) {
        name($0).split(separator: ",").joined(separator: "+")
    },
    .init("legacy by numbers", full: true, immutable: true, of: Stage.legacy) {
        "2.5.4.3=\($0.id),2.5.4.11=\($0.organisation.id),2.5.4.10=OpenBanking,2.5.4.6=GB"
    },
    .init("legacy in DER order", full: true, immutable: true, of: Stage.legacy) {
        "C=GB, O=OpenBanking, OU=\($0.organisation.id), CN=\($0.id)"
    },
    .init("legacy in hexadecimal", full: true, immutable: true, of: Stage.legacy) {
        "CN=\(hex(0x13, $0.id)),OU=\(hex(0x0C, $0.organisation.id)),O=OpenBanking,C=GB"
    },
    .init("legacy with CN and OU exchanged", full: false, immutable: false, of: Stage.legacy) {
        "CN=\($0.organisation.id),OU=\($0.id),O=OpenBanking,C=GB"
    },
    .init("legacy without OU", full: false, immutable: false, of: Stage.legacy) { "CN=\($0.id),O=OpenBanking,C=GB" },
    .init("legacy with OU twice", full: false, immutable: false, of: Stage.legacy) {
        "CN=\($0.id),OU=\($0.organisation.id),OU=\($0.organisation.id),O=OpenBanking,C=GB"
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

private func reversed(_ name: String) -> String { name.split(separator: ",").reversed().joined(separator: ",") }

private func name(_ software: SimulatedSoftware, type: String = "organizationIdentifier", value: String? = nil)
    -> String
{
    let holder = software.organisation
    return "CN=\(holder.id),\(type)=\(value ?? holder.organisationIdentifier),O=\(holder.name),C=GB"
}
