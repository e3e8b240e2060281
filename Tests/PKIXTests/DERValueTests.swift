import PKIX
import Testing

@Suite struct DERValueTests {
    struct Value: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        let expected: Int?
        init(_ name: String, _ bytes: [UInt8], _ expected: Int?) {
            (self.name, self.bytes, self.expected) = (name, bytes, expected)
        }
        var testDescription: String { name }

        func read(_ body: (DERElement, DERReader) throws -> Int) -> Int? {
            var reader = DERReader(bytes)
            guard let element = try? reader.next() else { return nil }
            return try? body(element, reader)
        }
    }

    @Test(
        "booleans",
        arguments: [
            Value("true", [1, 1, 0xFF], 1), Value("false", [1, 1, 0], 0), Value("one", [1, 1, 1], nil),
            Value("empty", [1, 0], nil),
            Value("two octets", [1, 2, 0xFF, 0xFF], nil),
        ]
    )
    func boolean(_ row: Value) { #expect(row.read { try DERValue.boolean($0, in: $1) ? 1 : 0 } == row.expected) }

    @Test(
        "small integers",
        arguments: [
            Value("zero", [2, 1, 0], 0), Value("127", [2, 1, 127], 127), Value("128", [2, 2, 0, 128], 128),
            Value("negative", [2, 1, 0x80], nil), Value("padded zero", [2, 2, 0, 1], nil),
            Value("padded minus", [2, 2, 0xFF, 0x80], nil),
            Value("empty", [2, 0], nil), Value("too large", [2, 5, 0, 0xFF, 0xFF, 0xFF, 0xFF], nil),
            Value("six octets", [2, 6, 1, 0, 0, 0, 0, 0], nil),
        ]
    )
    func small(_ row: Value) { #expect(row.read { try DERValue.small($0, in: $1) } == row.expected) }

    @Test(
        "flags",
        arguments: [
            Value("none", [3, 1, 0], 0), Value("bit 0", [3, 2, 7, 0x80], 1), Value("bits 0 and 1", [3, 2, 6, 0xC0], 3),
            Value("bit 8", [3, 3, 7, 0x00, 0x80], 256), Value("trailing zero bit", [3, 2, 6, 0x80], nil),
            Value("unused bits set", [3, 2, 7, 0xC0], nil), Value("eight unused", [3, 2, 8, 0x80], nil),
            Value("no octets", [3, 0], nil), Value("unused of nothing", [3, 1, 1], nil),
            Value("three octets", [3, 4, 0, 1, 1, 1], nil),
            Value("zero written out", [3, 2, 0, 0], nil),
        ]
    )
    func flags(_ row: Value) { #expect(row.read { Int(try DERValue.flags($0, in: $1)) } == row.expected) }

    struct Identifier: CustomTestStringConvertible, Sendable {
        let text: String
        let content: [UInt8]
        init(_ text: String, _ content: [UInt8]) { (self.text, self.content) = (text, content) }
        var testDescription: String { text }
    }

    @Test(
        "identifiers",
        arguments: [
            Identifier("2.5.4.97", [0x55, 0x04, 0x61]), Identifier("2.5.29.15", [0x55, 0x1D, 0x0F]),
            Identifier("0.0", [0x00]),
            Identifier("1.39", [0x4F]), Identifier("2.39", [0x77]), Identifier("2.999", [0x88, 0x37]),
            Identifier("0.4.0.19495.2", [0x04, 0x00, 0x81, 0x98, 0x27, 0x02]),
            Identifier("1.2.840.113549.1.1.11", [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 0x0B]),
            Identifier("1.3.6.1.4.1.311.10.3.12", [0x2B, 6, 1, 4, 1, 0x82, 0x37, 0x0A, 3, 0x0C]),
            Identifier("2.5.4.200", [0x55, 0x04, 0x81, 0x48]),
        ]
    )
    func identifier(_ row: Identifier) {
        #expect(ObjectIdentifierText.dotted(row.content, row.content.indices) == row.text)
        #expect(ObjectIdentifierText.encoded(row.text) == row.content)
    }

    @Test(
        "what is no identifier",
        arguments: [
            [], [0x80], [0x80, 0x01], [0x2A, 0x80, 0x01], [0x2A, 0x86], [UInt8](repeating: 0x2A, count: 65),
            [0x2A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        ] as [[UInt8]]
    )
    func noIdentifier(_ content: [UInt8]) { #expect(ObjectIdentifierText.dotted(content, content.indices) == nil) }

    @Test(
        "what is no dotted text",
        arguments: [
            "", "1", "1.", ".1", "1..2", "3.1", "1.40", "0.40", "1.02", "1.2.-3", "a.b", "1.2.9999999999999999999",
            "1.2 ",
        ]
    )
    func noDottedText(_ text: String) { #expect(ObjectIdentifierText.encoded(text) == nil) }

    struct Moment: CustomTestStringConvertible, Sendable {
        let bytes: [UInt8]
        let seconds: Int64?
        let testDescription: String
        init(utc text: String, _ seconds: Int64?) {
            (bytes, self.seconds, testDescription) = (DER.utcTime(text), seconds, "UTCTime \(text)")
        }
        init(general text: String, _ seconds: Int64?) {
            (bytes, self.seconds, testDescription) = (DER.generalizedTime(text), seconds, "GeneralizedTime \(text)")
        }
    }

    @Test(
        "times",
        arguments: [
            Moment(utc: "700101000000Z", 0), Moment(utc: "260202041410Z", 1_770_005_650),
            Moment(utc: "491231235959Z", 2_524_607_999),
            Moment(utc: "500101000000Z", -631_152_000), Moment(general: "20500101000000Z", 2_524_608_000),
            Moment(general: "99991231235959Z", 253_402_300_799), Moment(general: "20240229120000Z", 1_709_208_000),
            Moment(general: "19000228000000Z", -2_203_977_600), Moment(general: "00000101000000Z", -62_167_219_200),
            Moment(general: "20230229120000Z", nil), Moment(general: "21000229000000Z", nil),
            Moment(utc: "260001000000Z", nil),
            Moment(utc: "261301000000Z", nil), Moment(utc: "260431000000Z", nil), Moment(utc: "260100000000Z", nil),
            Moment(utc: "260101240000Z", nil), Moment(utc: "260101006000Z", nil), Moment(utc: "260101000060Z", nil),
            Moment(utc: "2601010000Z", nil), Moment(utc: "260101000000", nil), Moment(utc: "260101000000+0000", nil),
            Moment(general: "20260101000000.5Z", nil), Moment(general: "20260101000000.0Z", nil),
            Moment(general: "20260101000000", nil),
            Moment(utc: "2601 1000000Z", nil), Moment(general: "260101000000Z", nil),
            Moment(utc: "20260101000000Z", nil),
        ]
    )
    func time(_ row: Moment) throws {
        var reader = DERReader(row.bytes)
        let element = try reader.next()
        #expect((try? DERTime.decode(element, in: reader)) == row.seconds)
    }
}
