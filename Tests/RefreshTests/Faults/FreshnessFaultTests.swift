import KeyCache
import Testing

@testable import Refresh

/// Faults F28 and F29, and edge cases C17, C18 and C25: what an answer says of time never moves a fetch out of bounds.
///
/// The class is fetched every 900 s, at least 300 s apart; at jitter 0.5 a time is multiplied by 0.85.
@Suite("Faults of freshness")
struct FreshnessFaultTests {
    private static func row(_ name: String, _ due: Int64, _ lines: String...) -> FaultRow {
        FaultRow(name, .unchanged, nil, .ok(FaultBench.good, lines), due: due)
    }

    @Test(
        "F28 max-age (C17, C25)",
        arguments: [
            row("nothing said", 765), row("0", 255, "Cache-Control: max-age=0"),
            row("no-cache", 255, "Cache-Control: no-cache"), row("no-store", 255, "Cache-Control: no-store"),
            row("negative", 255, "Cache-Control: max-age=-5"), row("no number", 255, "Cache-Control: max-age=1e400"),
            row("2^63", 765, "Cache-Control: max-age=9223372036854775808"),
            row("10^400", 765, "Cache-Control: max-age=1" + String(repeating: "0", count: 400)),
            row("two that differ", 255, "Cache-Control: max-age=3600, max-age=60"),
            row("two lines that differ", 255, "Cache-Control: max-age=3600", "Cache-Control: max-age=60"),
            row("two that agree", 510, "Cache-Control: max-age=600", "Cache-Control: max-age=600"),
            row("s-maxage is for others", 510, "Cache-Control: max-age=600, s-maxage=1"),
            row("a year", 765, "Cache-Control: max-age=31536000"),
            row("ten minutes", 510, "Cache-Control: max-age=600"),
        ]
    )
    func f28(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F28 max-age on what is no success does not count (C18)",
        arguments: [
            FaultRow("500", .status(500, ["Cache-Control: max-age=31536000"]), "status_500", due: 11),
            FaultRow("404", .status(404, ["Cache-Control: max-age=31536000"]), "status_404", due: 11),
            FaultRow(
                "a login page",
                .invalid,
                "jwks.json",
                .ok("<html>", ["Cache-Control: max-age=31536000"]),
                due: 11
            ),
        ]
    )
    func f28failed(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F29 odd dates",
        arguments: [
            row("Date in 1970", 510, "Date: Thu, 01 Jan 1970 00:00:00 GMT", "Cache-Control: max-age=600"),
            row(
                "Date in 1970, Expires now",
                765,
                "Date: Thu, 01 Jan 1970 00:00:00 GMT",
                "Expires: Sun, 22 Nov 2026 10:00:00 GMT"
            ),
            row(
                "Date in 2100, Expires now",
                255,
                "Date: Fri, 01 Jan 2100 00:00:00 GMT",
                "Expires: Sun, 22 Nov 2026 10:00:00 GMT"
            ),
            row("Expires: 0", 255, "Expires: 0"),
            row(
                "changed just before its Date",
                255,
                "Date: Fri, 01 Jan 2100 00:00:00 GMT",
                "Last-Modified: Thu, 31 Dec 2099 23:59:00 GMT"
            ),
            row(
                "changed after its Date",
                255,
                "Date: Thu, 01 Jan 1970 00:00:00 GMT",
                "Last-Modified: Fri, 01 Jan 2100 00:00:00 GMT"
            ),
            row("Age above max-age", 255, "Cache-Control: max-age=600", "Age: 601"),
            row("Age below max-age", 425, "Cache-Control: max-age=600", "Age: 100"),
            row("Age without end", 255, "Cache-Control: max-age=600", "Age: 99999999999999999999"),
            row("negative Age", 510, "Cache-Control: max-age=600", "Age: -5"),
        ]
    )
    func f29(_ row: FaultRow) throws { try row.strike() }
}
