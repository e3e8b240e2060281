import Encoding
import PKIX
import Testing

@Suite struct DistinguishedNameParseTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        /// `oid=value` per attribute in DER order, `+` between those of one part.
        let parts: [String]
        init(_ name: String, _ text: String, _ parts: [String]) {
            (self.name, self.text, self.parts) = (name, text, parts)
        }
        var testDescription: String { name }
    }

    @Test(
        "reads",
        arguments: [
            Row("the order is turned round", "CN=a,C=GB", ["2.5.4.6=GB", "2.5.4.3=a"]),
            Row("one part", "CN=a", ["2.5.4.3=a"]),
            Row("lower-case types", "cn=a,ou=b,o=c,c=GB", ["2.5.4.6=GB", "2.5.4.10=c", "2.5.4.11=b", "2.5.4.3=a"]),
            Row("dotted type", "2.5.4.3=a", ["2.5.4.3=a"]),
            Row("OID. prefix", "OID.2.5.4.97=PSDGB-FCA-1", ["2.5.4.97=PSDGB-FCA-1"]),
            Row("oid. prefix in lower case", "oid.2.5.4.97=PSDGB-FCA-1", ["2.5.4.97=PSDGB-FCA-1"]),
            Row("organizationIdentifier by name", "organizationIdentifier=PSDGB-FCA-1", ["2.5.4.97=PSDGB-FCA-1"]),
            Row("unknown dotted type", "1.2.3.4=x", ["1.2.3.4=x"]),
            Row("hex PrintableString", "2.5.4.97=#130950534447422D464341", ["2.5.4.97=PSDGB-FCA"]),
            Row("hex UTF8String", "CN=#0C0161", ["2.5.4.3=a"]),
            Row("hex BMPString", "CN=#1E0400610062", ["2.5.4.3=ab"]),
            Row("hex INTEGER", "1.2.3=#020105", ["1.2.3=#020105"]),
            Row("spaces after separators", "CN=a, O=b, C=GB", ["2.5.4.6=GB", "2.5.4.10=b", "2.5.4.3=a"]),
            Row("spaces round everything", "  CN = a b  ,  C =  GB  ", ["2.5.4.6=GB", "2.5.4.3=a b"]),
            Row("escaped comma", "CN=a\\,b", ["2.5.4.3=a,b"]),
            Row("escaped specials", "CN=\\\"\\+\\;\\<\\>\\\\\\=\\#", ["2.5.4.3=\"+;<>\\=#"]),
            Row("escaped leading hash", "CN=\\#a", ["2.5.4.3=#a"]),
            Row("escaped spaces stay", "CN=\\ a\\ ", ["2.5.4.3= a "]),
            Row("hex pairs make UTF-8", "CN=Lu\\C4\\8Di\\C4\\87", ["2.5.4.3=Lučić"]),
            Row("UTF-8 itself", "O=Société Générale", ["2.5.4.10=Société Générale"]),
            Row("equals sign inside", "CN=a=b", ["2.5.4.3=a=b"]),
            Row("hash inside", "CN=a#b", ["2.5.4.3=a#b"]),
            Row("quotation marks", "CN=\"a, b\",C=GB", ["2.5.4.6=GB", "2.5.4.3=a, b"]),
            Row("quoted spaces stay", "CN=\" a \"", ["2.5.4.3= a "]),
            Row("quotation mark inside quotation marks", "CN=\"a\\\"b\"", ["2.5.4.3=a\"b"]),
            Row("several values in one part", "CN=a+OU=b,C=GB", ["2.5.4.6=GB", "2.5.4.3=a+2.5.4.11=b"]),
            Row("spaces round plus", "CN=a + OU=b", ["2.5.4.3=a+2.5.4.11=b"]),
            Row(
                "domain components",
                "UID=j,DC=example,DC=net",
                [
                    "0.9.2342.19200300.100.1.25=net", "0.9.2342.19200300.100.1.25=example",
                    "0.9.2342.19200300.100.1.1=j",
                ]
            ),
            Row("SN is surname", "SN=Smith,serialNumber=7", ["2.5.4.5=7", "2.5.4.4=Smith"]),
            Row("e-mail", "E=a@b.c", ["1.2.840.113549.1.9.1=a@b.c"]),
            Row("jurisdiction", "jurisdictionC=DE", ["1.3.6.1.4.1.311.60.2.1.3=DE"]),
            Row("a slash inside", "CN=a/b", ["2.5.4.3=a/b"]),
        ]
    )
    func reads(_ row: Row) throws {
        let name = try DistinguishedName.parse(rfc4514: row.text)
        #expect(name.rdns.map { rdn in rdn.map { "\($0.oid)=\($0.value)" }.joined(separator: "+") } == row.parts)
        #expect(try DistinguishedName.parse(rfc4514: ByteSlice(row.text)) == name)
    }

    struct Refusal: CustomTestStringConvertible, Sendable {
        let name: String
        let text: String
        let fault: DNFault
        init(_ name: String, _ text: String, _ fault: DNFault) {
            (self.name, self.text, self.fault) = (name, text, fault)
        }
        var testDescription: String { name }
    }

    @Test(
        "refuses",
        arguments: [
            Refusal("nothing", "", .empty),
            Refusal("spaces", "   ", .empty),
            Refusal("slash form", "/C=GB/O=OpenBanking/CN=a", .slashForm),
            Refusal("no equals sign", "CN", .missingEquals(at: 2)),
            Refusal("no type", "=a", .attributeType(at: 0)),
            Refusal("unknown type", "XYZ=a", .unknownAttributeType("XYZ", at: 0)),
            Refusal("half a dotted type", "2.5.=a", .attributeType(at: 0)),
            Refusal("dotted type with leading zero", "2.05.4.3=a", .attributeType(at: 0)),
            Refusal("empty value", "CN=,C=GB", .emptyValue(at: 3)),
            Refusal("empty last value", "CN=", .emptyValue(at: 3)),
            Refusal("empty quoted value", "CN=\"\"", .emptyValue(at: 3)),
            Refusal("trailing comma", "CN=a,", .attributeType(at: 5)),
            Refusal("two commas", "CN=a,,C=GB", .attributeType(at: 5)),
            Refusal("trailing plus", "CN=a+", .attributeType(at: 5)),
            Refusal("semicolon", "CN=a;C=GB", .mustBeEscaped(at: 4)),
            Refusal("less than", "CN=a<b", .mustBeEscaped(at: 4)),
            Refusal("greater than", "CN=a>b", .mustBeEscaped(at: 4)),
            Refusal("quotation mark inside", "CN=a\"b", .mustBeEscaped(at: 4)),
            Refusal("text after quotation", "CN=\"a\"b", .mustBeEscaped(at: 6)),
            Refusal("open quotation", "CN=\"a", .quotation(at: 3)),
            Refusal("escape at the end", "CN=a\\", .escape(at: 4)),
            Refusal("escape of a letter", "CN=\\q", .escape(at: 3)),
            Refusal("half a hex pair", "CN=\\4", .escape(at: 3)),
            Refusal("escaped NUL", "CN=a\\00b", .controlCharacter(at: 3)),
            Refusal("NUL itself", "CN=a\u{0}b", .controlCharacter(at: 3)),
            Refusal("line feed", "CN=a\nb", .controlCharacter(at: 3)),
            Refusal("DEL", "CN=a\u{7F}", .controlCharacter(at: 3)),
            Refusal("C1 control", "CN=a\u{85}", .controlCharacter(at: 3)),
            Refusal("broken UTF-8", "CN=\\C3\\28", .notUTF8(at: 3)),
            Refusal("overlong UTF-8", "CN=\\C0\\AF", .notUTF8(at: 3)),
            Refusal("hex without digits", "CN=#", .hexValue(at: 3)),
            Refusal("odd hex", "CN=#0C016", .hexValue(at: 3)),
            Refusal("hex with a wrong length", "CN=#0C0261", .hexValue(at: 3)),
            Refusal("hex with bytes left over", "CN=#0C016162", .hexValue(at: 3)),
            Refusal("hex with a letter outside", "CN=#0C01xx", .hexValue(at: 3)),
            Refusal("hex of an empty string", "CN=#0C00", .emptyValue(at: 3)),
            Refusal("hex of NUL", "CN=#0C0100", .controlCharacter(at: 3)),
            Refusal("hex PrintableString with eight bits", "CN=#1301FF", .hexValue(at: 3)),
            Refusal(
                "more parts than read",
                (0..<33).map { "OU=\($0)" }.joined(separator: ","),
                .tooManyParts(limit: 32)
            ),
            Refusal("longer than read", "CN=" + String(repeating: "a", count: 2_046), .tooLong(limit: 2_048)),
        ]
    )
    func refuses(_ row: Refusal) {
        #expect(throws: row.fault) { try DistinguishedName.parse(rfc4514: row.text) }
        #expect(throws: row.fault) { try DistinguishedName.parse(rfc4514: ByteSlice(row.text)) }
    }

    @Test func readsAtTheLimits() throws {
        #expect(
            try DistinguishedName.parse(rfc4514: "CN=" + String(repeating: "a", count: 2_045)).commonName?.count
                == 2_045
        )
        let parts = (0..<32).map { "OU=\($0)" }.joined(separator: ",")
        #expect(try DistinguishedName.parse(rfc4514: parts).rdns.count == 32)
    }

    @Test(
        "writes what it reads",
        arguments: [
            "CN=a,OU=b,O=c,C=GB", "CN=\\ a\\ ,C=GB", "CN=\\#a", "CN=a\\,b\\+c\\;d\\<e\\>f\\\\g\\\"h=i",
            "CN=a+OU=b,C=GB", "1.2.3=#020105",
            "CN=0015800001041REAAY,organizationIdentifier=PSDGB-OB-Unknown0015800001041REAAY,O=FORGEROCK LIMITED,C=GB",
            "O=Société,C=FR",
        ]
    )
    func writes(_ text: String) throws { #expect(try DistinguishedName.parse(rfc4514: text).rfc4514 == text) }
}
