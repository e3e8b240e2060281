import Encoding
import Foundation
import Testing

@Suite("Timestamp")
struct TimestampTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let text: String
        let time: UnixTime
        init(_ text: String, _ time: UnixTime) { (self.text, self.time) = (text, time) }
        var testDescription: String { text }
    }

    @Test(
        "writes and reads back",
        arguments: [
            Row("1970-01-01T00:00:00Z", 0), Row("1970-01-01T00:00:01Z", 1), Row("1970-12-31T23:59:59Z", 31_535_999),
            Row("1972-02-29T00:00:00Z", 68_169_600), Row("1999-12-31T23:59:59Z", 946_684_799),
            Row("2000-02-29T12:00:00Z", 951_825_600), Row("2000-03-01T00:00:00Z", 951_868_800),
            Row("2024-02-29T23:59:59Z", 1_709_251_199), Row("2026-11-22T10:00:00Z", 1_795_341_600),
            Row("2038-01-19T03:14:08Z", 2_147_483_648), Row("2100-02-28T23:59:59Z", 4_107_542_399),
            Row("2100-03-01T00:00:00Z", 4_107_542_400), Row("2400-02-29T00:00:00Z", 13_574_563_200),
            Row("9999-12-31T23:59:59Z", 253_402_300_799),
        ]
    )
    func both(_ row: Row) {
        #expect(Timestamp.rfc3339(row.time) == row.text)
        #expect(Timestamp.parse(row.text) == row.time)
        #expect(Timestamp.day(row.time) == row.text.prefix(10))
    }

    @Test(
        "reads other spellings",
        arguments: [
            Row("2026-11-22T10:00:00+00:00", 1_795_341_600), Row("2026-11-22T10:00:00-00:00", 1_795_341_600),
            Row("2026-11-22T12:30:00+02:30", 1_795_341_600), Row("2026-11-22T04:00:00-06:00", 1_795_341_600),
            Row("2026-11-23T09:59:00+23:59", 1_795_341_600), Row("2026-11-22t10:00:00z", 1_795_341_600),
            Row("2026-11-22T10:00:00.5Z", 1_795_341_600), Row("2026-11-22T10:00:00.999999999999Z", 1_795_341_600),
            Row("1970-01-01T01:00:00+01:00", 0), Row("1969-12-31T23:00:00-01:00", 0),
            Row("9999-12-31T22:59:59-01:00", 253_402_300_799),
        ]
    )
    func reads(_ row: Row) {
        #expect(Timestamp.parse(row.text) == row.time)
        #expect(Timestamp.parse(ByteSlice("x\(row.text)x")[1..<(row.text.utf8.count + 1)]) == row.time)
    }

    @Test(
        "rejects",
        arguments: [
            "", "2026", "2026-11-22", "2026-11-22T10:00:00", "2026-11-22T10:00Z", "2026-11-22 10:00:00Z",
            "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-02-30T00:00:00Z",
            "2026-04-31T00:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-01-00T00:00:00Z",
            "2026-01-32T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T23:60:00Z", "2026-12-31T23:59:60Z",
            "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "10000-01-01T00:00:00Z",
            "026-01-01T00:00:00Z", "2026-1-01T00:00:00Z", "2026-01-01T0:00:00Z", "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00+0100", "2026-01-01T00:00:00+01", "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+01:60", "2026-01-01T00:00:00ZZ", "2026-01-01T00:00:00Z ", " 2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00", "+026-01-01T00:00:00Z", "2026-01-01T00:00:-1Z", "２026-01-01T00:00:00Z",
        ]
    )
    func rejects(_ text: String) {
        #expect(Timestamp.parse(text) == nil)
    }

    @Test("agrees with Foundation on every 97th day and comes back")
    func calendar() {
        let formatter = ISO8601DateFormatter()
        for time in stride(from: Int64(0), to: 253_402_300_800, by: 97 * 86_400 + 12_345) {
            let text = Timestamp.rfc3339(time)
            #expect(text == formatter.string(from: Date(timeIntervalSince1970: Double(time))))
            #expect(Timestamp.parse(text) == time)
        }
    }

    @Test("times nobody can write are clamped, earlier ones are written")
    func clamped() {
        #expect(Timestamp.rfc3339(-1) == "1969-12-31T23:59:59Z")
        #expect(Timestamp.rfc3339(-2_208_988_800) == "1900-01-01T00:00:00Z")
        #expect(Timestamp.rfc3339(.min) == "0000-01-01T00:00:00Z")
        #expect(Timestamp.rfc3339(.max) == "9999-12-31T23:59:59Z")
        #expect(Timestamp.day(.max) == "9999-12-31")
    }
}
