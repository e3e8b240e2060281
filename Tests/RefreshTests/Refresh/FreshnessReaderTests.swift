import Encoding
import Fetch
import KeyCache
import Testing

@testable import Refresh

@Suite("Freshness of a response")
struct FreshnessReaderTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var cacheControl: String?
        var maximumAge: Int64?
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "says nothing", cacheControl: nil, maximumAge: nil),
        Row(name: "an hour", cacheControl: "max-age=3600", maximumAge: 3600),
        Row(name: "in capitals, with others", cacheControl: "Public, MAX-AGE=60, must-revalidate", maximumAge: 60),
        Row(name: "quoted", cacheControl: "max-age=\"60\"", maximumAge: 60),
        Row(name: "for shared caches only", cacheControl: "s-maxage=60", maximumAge: nil),
        Row(name: "zero", cacheControl: "max-age=0", maximumAge: 0),
        Row(name: "no-store beats a time", cacheControl: "max-age=3600, no-store", maximumAge: 0),
        Row(name: "no-cache", cacheControl: "no-cache", maximumAge: 0),
        Row(name: "no-cache of a field", cacheControl: "no-cache=\"set-cookie\", max-age=5", maximumAge: 0),
        Row(name: "negative", cacheControl: "max-age=-1", maximumAge: 0),
        Row(name: "an exponent", cacheControl: "max-age=1e400", maximumAge: 0),
        Row(name: "larger than an Int64", cacheControl: "max-age=99999999999999999999", maximumAge: 1 << 31),
        Row(name: "2^63 - 1", cacheControl: "max-age=9223372036854775807", maximumAge: 1 << 31),
        Row(name: "empty", cacheControl: "max-age=", maximumAge: 0),
        Row(name: "without a value", cacheControl: "max-age", maximumAge: 0),
        Row(name: "twice, alike", cacheControl: "max-age=5, max-age=5", maximumAge: 5),
        Row(name: "twice, not alike", cacheControl: "max-age=5, max-age=6", maximumAge: 0),
        Row(name: "commas only", cacheControl: ",,, ,", maximumAge: nil),
    ]

    @Test("max-age", arguments: rows)
    func maximumAge(_ row: Row) {
        let hints = FreshnessReader.hints(of: FetchHeaders(cacheControl: row.cacheControl))
        #expect(hints == FreshnessHints(maximumAge: row.maximumAge))
    }

    @Test("the other headers; unreadable is no time at all")
    func others() {
        let good = FetchHeaders(
            lastModified: "Sun, 06 Nov 1994 08:49:37 GMT",
            expires: "Sun, 06 Nov 1994 08:50:37 GMT",
            date: "Sun, 06 Nov 1994 08:49:38 GMT",
            age: "7"
        )
        let read = FreshnessReader.hints(of: good)
        #expect(read == FreshnessHints(age: 7, expires: 784_111_837, date: 784_111_778, lastModified: 784_111_777))
        let bad = FetchHeaders(lastModified: "x", expires: "0", date: "yesterday", age: "-3")
        #expect(FreshnessReader.hints(of: bad) == FreshnessHints(age: 0, expires: 0))
    }

    struct Wait: CustomTestStringConvertible, Sendable {
        var text: String?
        var seconds: Int64?
        var testDescription: String { text ?? "absent" }
    }

    @Test(
        "Retry-After",
        arguments: [
            Wait(text: nil, seconds: nil),
            Wait(text: "5", seconds: 5),
            Wait(text: "1000000000", seconds: 1_000_000_000),
            Wait(text: "99999999999999999999", seconds: 1 << 31),
            Wait(text: "soon", seconds: nil),
            Wait(text: "-5", seconds: nil),
            Wait(text: "Sun, 06 Nov 1994 08:49:37 GMT", seconds: 37),
            Wait(text: "Sun, 06 Nov 1994 08:48:00 GMT", seconds: nil),
        ]
    )
    func retryAfter(_ row: Wait) {
        #expect(FreshnessReader.retryAfter(row.text, now: 784_111_740) == row.seconds)
    }
}
