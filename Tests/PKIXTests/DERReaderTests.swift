import PKIX
import Testing

@Suite struct DERReaderTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        let fault: DERFault
        init(_ name: String, _ bytes: [UInt8], _ fault: DERFault) {
            (self.name, self.bytes, self.fault) = (name, bytes, fault)
        }
        var testDescription: String { name }
    }

    @Test(
        "refuses what is not DER",
        arguments: [
            Row("nothing", [], .truncated(at: 0)),
            Row("a tag alone", [0x30], .truncated(at: 0)),
            Row("content shorter than its length", [0x04, 0x03, 1, 2], .truncated(at: 0)),
            Row("indefinite length", [0x30, 0x80, 0, 0], .indefiniteLength(at: 0)),
            Row("long form for a short length", [0x04, 0x81, 0x01, 0xAA], .lengthNotMinimal(at: 0)),
            Row("long form for 127", [0x04, 0x81, 0x7F] + [UInt8](repeating: 0, count: 127), .lengthNotMinimal(at: 0)),
            Row(
                "leading zero in a length",
                [0x04, 0x82, 0x00, 0x80] + [UInt8](repeating: 0, count: 128),
                .lengthNotMinimal(at: 0)
            ),
            Row("five length octets", [0x04, 0x85, 1, 0, 0, 0, 0], .lengthTooLong(at: 0)),
            Row("127 length octets", [0x04, 0xFF, 1, 1], .lengthTooLong(at: 0)),
            Row("length octets cut off", [0x04, 0x82, 0x01], .truncated(at: 2)),
            Row("length near the largest", [0x04, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], .truncated(at: 0)),
            Row("a tag number above 30", [0x1F, 0x81, 0x01, 0x00], .highTagNumber(at: 0)),
            Row("a constructed high tag", [0xBF, 0x20, 0x00], .highTagNumber(at: 0)),
        ]
    )
    func refuses(_ row: Row) {
        var reader = DERReader(row.bytes)
        #expect(throws: row.fault) { try reader.next() }
    }

    @Test func readsShortAndLongLengths() throws {
        for count in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let bytes = DER.octets([UInt8](repeating: 7, count: count))
            var reader = DERReader(bytes)
            let element = try reader.next(DERTag.octetString)
            #expect(element.content.count == count)
            #expect(element.whole == 0..<bytes.count)
            #expect(reader.isAtEnd)
        }
    }

    @Test func holdsEachElementToItsEnclosingOne() throws {
        // The inner element claims two octets, of which its SEQUENCE has one and the bytes after it the other.
        var outer = DERReader([0x30, 0x03, 0x04, 0x02, 0x01, 0x02])
        var inner = try outer.sequence()
        #expect(throws: DERFault.truncated(at: 2)) { try inner.next() }
    }

    @Test func reportsTagsAndTrailingBytes() throws {
        var reader = DERReader([0x04, 0x00, 0x05, 0x00])
        #expect(throws: DERFault.tag(expected: 0x30, found: 0x04, at: 0)) { try reader.sequence() }
        _ = try reader.next()
        #expect(throws: DERFault.trailingBytes(at: 2)) { try reader.finish() }
        #expect(try reader.optional(DERTag.integer) == nil)
        #expect(try reader.optional(DERTag.null) != nil)
        #expect(throws: DERFault.truncated(at: 4)) { try reader.next(DERTag.null) }
    }
}
