import PKIX
import Testing

@Suite struct DistinguishedNameDERTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let der: [UInt8]
        let fault: DNFault
        init(_ name: String, _ der: [UInt8], _ fault: DNFault) {
            (self.name, self.der, self.fault) = (name, der, fault)
        }
        var testDescription: String { name }
    }

    @Test(
        "refuses",
        arguments: [
            Row("a SET", DER.set(), .encoding(.tag(expected: 0x30, found: 0x31, at: 0))),
            Row("bytes left over", DER.name(("2.5.4.3", DER.utf8("a"))) + [0], .encoding(.trailingBytes(at: 14))),
            Row("an empty part", DER.sequence(DER.set()), .encoding(.truncated(at: 4))),
            Row(
                "a part that is a SEQUENCE",
                DER.sequence(DER.sequence()),
                .encoding(.tag(expected: 0x31, found: 0x30, at: 2))
            ),
            Row(
                "a value too many",
                DER.sequence(DER.set(DER.sequence(DER.oid("2.5.4.3"), DER.utf8("a"), DER.null))),
                .encoding(.trailingBytes(at: 14))
            ),
            Row("no value", DER.sequence(DER.set(DER.sequence(DER.oid("2.5.4.3")))), .encoding(.truncated(at: 11))),
            Row("NUL", DER.name(("2.5.4.3", DER.utf8("a\u{0}b"))), .controlCharacter(at: 11)),
            Row(
                "NUL in a PrintableString",
                DER.name(("2.5.4.3", DER.printable("bank\u{0}.evil"))),
                .encoding(.string(at: 11))
            ),
            Row(
                "NUL in a BMPString",
                DER.name(("2.5.4.3", DER.element(0x1E, [0, 0x61, 0, 0]))),
                .controlCharacter(at: 11)
            ),
            Row("escape", DER.name(("2.5.4.3", DER.utf8("\u{1B}[2J"))), .controlCharacter(at: 11)),
            Row("empty value", DER.name(("2.5.4.3", DER.utf8(""))), .emptyValue(at: 11)),
            Row("broken UTF-8", DER.name(("2.5.4.3", DER.element(0x0C, [0xC3, 0x28]))), .encoding(.string(at: 11))),
            Row(
                "surrogates in a BMPString",
                DER.name(("2.5.4.3", DER.element(0x1E, [0xD8, 0, 0xDC, 0]))),
                .encoding(.string(at: 11))
            ),
            Row("odd BMPString", DER.name(("2.5.4.3", DER.element(0x1E, [0, 0x61, 0]))), .encoding(.string(at: 11))),
            Row(
                "eight bits in an IA5String",
                DER.name(("2.5.4.3", DER.element(0x16, [0xE9]))),
                .encoding(.string(at: 11))
            ),
        ]
    )
    func refuses(_ row: Row) { #expect(throws: row.fault) { try DistinguishedName(der: row.der) } }

    @Test func readsTheFirstAndOnlyValues() throws {
        let name = try DistinguishedName(
            der: DER.sequence(
                DER.set(DER.sequence(DER.oid("2.5.4.6"), DER.printable("GB"))),
                DER.set(
                    DER.sequence(DER.oid("2.5.4.11"), DER.utf8("x")),
                    DER.sequence(DER.oid("2.5.4.3"), DER.utf8("one"))
                ),
                DER.set(DER.sequence(DER.oid("2.5.4.3"), DER.utf8("two")))
            )
        )
        #expect(name.commonName == nil, "two common names say nothing")
        #expect(name.values(of: OID.commonName) == ["one", "two"])
        #expect(name.organisationalUnit == "x")
        #expect(name.country == "GB")
        #expect(name.organisation == nil)
        #expect(name.rfc4514 == "CN=two,OU=x+CN=one,C=GB")
    }

    @Test func anOpaqueCommonNameIsNone() throws {
        let name = try DistinguishedName(der: DER.name(("2.5.4.3", DER.integer([5]))))
        #expect(name.commonName == nil)
        #expect(name.rfc4514 == "CN=#020105")
    }

    @Test func keepsStringTypes() throws {
        let printable = try DistinguishedName(der: DER.name(("2.5.4.3", DER.printable("a"))))
        let utf8 = try DistinguishedName(der: DER.name(("2.5.4.3", DER.utf8("a"))))
        #expect(printable != utf8)
        #expect(printable.matches(utf8))
        #expect(printable.rdns[0][0].rawTag == 0x13)
        #expect(utf8.rdns[0][0].rawBytes == [0x61])
    }

    @Test func anEmptyNameMatchesNothing() throws {
        let empty = try DistinguishedName(der: DER.sequence())
        #expect(empty.isEmpty)
        #expect(!empty.matches(empty))
    }
}
