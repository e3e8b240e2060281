import PKIX
import Scores
import Testing

@Suite struct DistinguishedNameMatchTests {
    /// The subject of an OBWAC, as PrintableStrings.
    static let obwac = DER.name(
        ("2.5.4.6", DER.printable("GB")),
        ("2.5.4.10", DER.printable("Virgin Money PLC")),
        ("2.5.4.97", DER.printable("PSDGB-FCA-503963")),
        ("2.5.4.3", DER.printable("0015800001ZEc1zAAD"))
    )

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        let strict: Bool
        let lenient: Bool
        init(_ name: String, _ text: String, _ strict: Bool, lenient: Bool? = nil) {
            (self.name, self.text, self.strict, self.lenient) = (name, text, strict, lenient ?? strict)
        }
        var testDescription: String { name }
    }

    static let spellings = [
        Row(
            "short names",
            "CN=0015800001ZEc1zAAD,organizationIdentifier=PSDGB-FCA-503963,O=Virgin Money PLC,C=GB",
            true
        ),
        Row("dotted type", "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=Virgin Money PLC,C=GB", true),
        Row("OID. type", "CN=0015800001ZEc1zAAD,OID.2.5.4.97=PSDGB-FCA-503963,O=Virgin Money PLC,C=GB", true),
        Row(
            "hex PrintableString",
            "CN=0015800001ZEc1zAAD,2.5.4.97=#131050534447422D4643412D353033393633,O=Virgin Money PLC,C=GB",
            true
        ),
        Row(
            "hex UTF8String",
            "CN=0015800001ZEc1zAAD,2.5.4.97=#0c1050534447422d4643412d353033393633,O=Virgin Money PLC,C=GB",
            true
        ),
        Row("spaces", "CN=0015800001ZEc1zAAD, 2.5.4.97=PSDGB-FCA-503963, O=Virgin Money PLC, C=GB", true),
        Row(
            "lower-case types",
            "cn=0015800001ZEc1zAAD,organizationidentifier=PSDGB-FCA-503963,o=Virgin Money PLC,c=GB",
            true
        ),
        Row("other case", "CN=0015800001zec1zaad,2.5.4.97=psdgb-fca-503963,O=VIRGIN MONEY plc,C=gb", true),
        Row(
            "more spaces inside",
            "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=Virgin   Money  PLC,C=GB",
            true
        ),
        Row("quotation marks", "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=\"Virgin Money PLC\",C=GB", true),
        Row(
            "spaces at the ends",
            "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=\\ Virgin Money PLC\\ ,C=GB",
            true
        ),
        Row(
            "DER order",
            "C=GB,O=Virgin Money PLC,2.5.4.97=PSDGB-FCA-503963,CN=0015800001ZEc1zAAD",
            false,
            lenient: true
        ),
        Row("a mixed order", "CN=0015800001ZEc1zAAD,O=Virgin Money PLC,2.5.4.97=PSDGB-FCA-503963,C=GB", false),
        Row("another organisation", "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=Virgin Money,C=GB", false),
        Row("another identifier", "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503964,O=Virgin Money PLC,C=GB", false),
        Row("a part missing", "CN=0015800001ZEc1zAAD,O=Virgin Money PLC,C=GB", false),
        Row("a part more", "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,OU=x,O=Virgin Money PLC,C=GB", false),
        Row("a part twice", "CN=0015800001ZEc1zAAD,CN=0015800001ZEc1zAAD,O=Virgin Money PLC,C=GB", false),
        Row("two parts made one", "CN=0015800001ZEc1zAAD+2.5.4.97=PSDGB-FCA-503963,O=Virgin Money PLC,C=GB", false),
        Row(
            "an escaped comma is no part",
            "CN=0015800001ZEc1zAAD\\,2.5.4.97=PSDGB-FCA-503963,O=Virgin Money PLC,C=GB",
            false
        ),
        Row("a space fewer", "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=VirginMoney PLC,C=GB", false),
        Row(
            "a lookalike letter",
            "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=Virgin M\u{043E}ney PLC,C=GB",
            false
        ),
        Row(
            "a zero-width space",
            "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=Virgin\u{200B} Money PLC,C=GB",
            false
        ),
        Row("UTF-8 hex of another value", "CN=0015800001ZEc1zAAD,2.5.4.97=#0C0161,O=Virgin Money PLC,C=GB", false),
        Row("hex of no string", "CN=0015800001ZEc1zAAD,2.5.4.97=#020101,O=Virgin Money PLC,C=GB", false),
        Row("the type of another", "CN=0015800001ZEc1zAAD,OU=PSDGB-FCA-503963,O=Virgin Money PLC,C=GB", false),
    ]

    @Test("the spellings of one subject", arguments: spellings)
    func spelling(_ row: Row) throws {
        let subject = try DistinguishedName(der: Self.obwac)
        let claim = try DistinguishedName.parse(rfc4514: row.text)
        #expect(subject.matches(claim) == row.strict)
        #expect(claim.matches(subject) == row.strict)
        #expect(subject.matches(claim, lenient: true) == row.lenient)
    }

    struct Pair: CustomTestStringConvertible, Sendable {
        let name: String
        let left: String
        let right: String
        let matches: Bool
        init(_ name: String, _ left: String, _ right: String, _ matches: Bool) {
            (self.name, self.left, self.right, self.matches) = (name, left, right, matches)
        }
        var testDescription: String { name }
    }

    static let pairs = [
        Pair("case beyond ASCII", "O=SOCIÉTÉ", "O=société", true),
        Pair("composed and decomposed", "O=Soci\u{E9}t\u{E9}", "O=Socie\u{301}te\u{301}", true),
        Pair("no-break space is a space", "O=a\u{A0}b", "O=a b", true),
        Pair("an accent counts", "O=societe", "O=société", false),
        Pair("a prefix", "O=ab", "O=abc", false),
        Pair("a part of several as a set", "CN=a+OU=b", "OU=b+CN=a", true),
        Pair("a part of several, one differing", "CN=a+OU=b", "OU=b+CN=c", false),
        Pair("the same value twice in a part", "CN=a+CN=a", "CN=a+CN=b", false),
        Pair("an unknown type compares exactly", "1.2.3.4=a", "1.2.3.4=A", false),
        Pair("an unknown type, equal", "1.2.3.4=a", "1.2.3.4=a", true),
        Pair("an unknown type in hex and plain", "1.2.3.4=#0C0161", "1.2.3.4=a", true),
        Pair("opaque values equal", "1.2.3.4=#020101", "1.2.3.4=#020101", true),
        Pair("opaque values differing", "1.2.3.4=#020101", "1.2.3.4=#020102", false),
        Pair("opaque and its own display", "1.2.3.4=#020101", "1.2.3.4=\\#020101", false),
        Pair("BMPString and UTF8String", "CN=#1E0400610062", "CN=#0C026162", true),
        Pair("TeletexString is Latin-1", "CN=#1401E9", "CN=é", true),
        Pair("UniversalString", "CN=#1C0400000061", "CN=a", true),
        Pair("only spaces differ from only spaces", "CN=\\ ", "CN=\\ \\ ", true),
    ]

    @Test("matching rules", arguments: pairs)
    func rules(_ row: Pair) throws {
        let left = try DistinguishedName.parse(rfc4514: row.left)
        let right = try DistinguishedName.parse(rfc4514: row.right)
        #expect(left.matches(right) == row.matches)
        #expect(right.matches(left) == row.matches)
    }

    @Test func immutablePartsAgree() throws {
        let subject = try DistinguishedName(der: Self.obwac)
        let renewed = try DistinguishedName.parse(
            rfc4514: "CN=0015800001ZEc1zAAD,2.5.4.97=PSDGB-FCA-503963,O=Clydesdale,C=GB"
        )
        #expect(!subject.matches(renewed))
        #expect(subject.agrees(with: renewed, on: [OID.organisationIdentifier, OID.country]))
        #expect(!subject.agrees(with: renewed, on: [OID.organisation]))
        #expect(!subject.agrees(with: renewed, on: [OID.organisationalUnit]))
        let twice = try DistinguishedName.parse(rfc4514: "2.5.4.97=PSDGB-FCA-503963,2.5.4.97=PSDGB-FCA-1,C=GB")
        #expect(!subject.agrees(with: twice, on: [OID.organisationIdentifier]))
    }

    @Test("the tables are judged whole") func score() throws {
        let subject = try DistinguishedName(der: Self.obwac)
        var (accepts, rejects): ([String], [String]) = ([], [])
        func judge(_ name: String, _ matches: Bool, _ expected: Bool) {
            if matches, !expected { accepts.append(name) }
            if !matches, expected { rejects.append(name) }
        }
        for row in Self.spellings {
            judge(row.name, subject.matches(try .parse(rfc4514: row.text)), row.strict)
        }
        for pair in Self.pairs {
            let left = try DistinguishedName.parse(rfc4514: pair.left)
            judge(pair.name, left.matches(try .parse(rfc4514: pair.right)), pair.matches)
        }
        #expect(accepts + rejects == [])
        let count = Self.spellings.count + Self.pairs.count
        Score(
            "own distinguished names",
            passed: count - accepts.count - rejects.count,
            of: count,
            falseAccepts: accepts,
            falseRejects: rejects
        ).record()
    }
}
