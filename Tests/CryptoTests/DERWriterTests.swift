@testable import Crypto
import Encoding
import Testing

struct DERWriterTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let der: [UInt8]
        let hex: String

        init(_ testDescription: String, _ der: [UInt8], _ hex: String) {
            (self.testDescription, self.der, self.hex) = (testDescription, der, hex)
        }
    }

    @Test(
        "elements",
        arguments: [
            Row("0", DERWriter.integer(0), "020100"),
            Row("127", DERWriter.integer(127), "02017f"),
            Row("128 needs a zero before it", DERWriter.integer(128), "02020080"),
            Row("256", DERWriter.integer(256), "02020100"),
            Row("a number with zeros before it", DERWriter.integer([0, 0, 1]), "020101"),
            Row("no bytes are 0", DERWriter.integer([]), "020100"),
            Row("a set in DER order", DERWriter.set([[2, 1, 5], [2, 1, 3]]), "3106020103020105"),
            Row("true", DERWriter.yes, "0101ff"),
        ]
    )
    func elements(_ row: Row) {
        #expect(Hex.encode(row.der) == row.hex)
    }

    @Test(
        "lengths",
        arguments: [
            (0, "0400"), (127, "047f"), (128, "048180"), (255, "0481ff"), (256, "04820100"), (65536, "0483010000"),
        ]
    )
    func lengths(_ count: Int, _ head: String) {
        let der = DERWriter.octetString([UInt8](repeating: 0, count: count))
        #expect(Hex.encode(Array(der.dropLast(count))) == head)
    }

    @Test(
        "object identifiers",
        arguments: [
            ("2.5.4.97", "0603550461"), ("1.2.840.113549.1.1.11", "06092a864886f70d01010b"),
            ("0.4.0.19495.1.2", "06070400819827" + "0102"), ("2.999.3", "0603883703"),
        ]
    )
    func identifiers(_ dotted: String, _ hex: String) throws {
        #expect(Hex.encode(try DERWriter.objectIdentifier(dotted)) == hex)
    }

    @Test("text that is no object identifier", arguments: ["", "1", "1.", "3.1", "1.40", "1.2.x", "1.-2", "1..2"])
    func noIdentifier(_ text: String) {
        #expect(throws: TemplateFault.objectIdentifier(text)) { try DERWriter.objectIdentifier(text) }
    }

    @Test(
        "times turn to GeneralizedTime in 2050",
        arguments: [
            (-631_152_000, "500101000000Z"), (0, "700101000000Z"), (1_767_225_599, "251231235959Z"),
            (2_524_607_999, "491231235959Z"), (2_524_608_000, "20500101000000Z"), (253_402_300_799, "99991231235959Z"),
        ] as [(UnixTime, String)]
    )
    func times(_ time: UnixTime, _ text: String) throws {
        let der = try DERWriter.time(time)
        #expect(der == DERWriter.element(text.utf8.count == 13 ? 0x17 : 0x18, Array(text.utf8)))
    }

    @Test("times nobody can write", arguments: [-631_152_001, 253_402_300_800] as [UnixTime])
    func noTime(_ time: UnixTime) {
        #expect(throws: TemplateFault.time(time)) { try DERWriter.time(time) }
    }
}
