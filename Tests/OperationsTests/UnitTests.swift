import Operations
import Testing

@Suite("Units")
struct UnitTests {
    @Test(
        "a length of time reads as milliseconds",
        arguments: [
            ("0s", 0), ("25ms", 25), ("10s", 10_000), ("15m", 900_000), ("72h", 259_200_000), ("7d", 604_800_000),
        ] as [(String, Int64)]
    )
    func interval(_ text: String, _ milliseconds: Int64) {
        #expect(Interval(text)?.milliseconds == milliseconds)
        #expect(Interval(text)?.description == text)
    }

    @Test(
        "a length of time is refused",
        arguments: ["", "5", "m", "-1s", "01s", "1 s", "1S", "1w", "1.5h", "1h30m", "١s", "9223372036854775807d"]
    )
    func noInterval(_ text: String) {
        #expect(Interval(text) == nil)
    }

    @Test(
        "a length of time is shown shortest",
        arguments: [("60s", "1m"), ("24h", "24h"), ("96h", "96h"), ("120h", "5d"), ("90s", "90s")]
    )
    func shown(_ text: String, _ shown: String) {
        #expect(Interval(text)?.description == shown)
    }

    @Test(
        "a size reads as bytes",
        arguments: [("0B", 0), ("8191B", 8191), ("64KiB", 65_536), ("16MiB", 16_777_216), ("2GiB", 2_147_483_648)]
    )
    func size(_ text: String, _ bytes: Int) {
        #expect(ByteSize(text)?.bytes == bytes)
        #expect(ByteSize(text)?.description == text)
    }

    @Test(
        "a size is refused",
        arguments: ["", "64", "64K", "64KB", "64kib", "064KiB", "1TiB", "9223372036854775807GiB"]
    )
    func noSize(_ text: String) {
        #expect(ByteSize(text) == nil)
    }

    @Test(
        "a name nearby is suggested",
        arguments: [
            ("workerz", "workers"), ("wrokers", "workers"), ("worker", "workers"), ("WORKERS", "workers"),
            ("stal-after", "stale_after"),
            ("telephone", nil), ("x", nil), ("", nil),
        ] as [(String, String?)]
    )
    func suggestion(_ typed: String, _ name: String?) {
        #expect(NameSuggestion.nearest(to: typed, among: ["workers", "stale_after", "path"]) == name)
    }

    @Test(
        "an age is told to people",
        arguments: [
            (0, "0 s"), (43, "43 s"), (89, "89 s"), (90, "1 min"), (1020, "17 min"), (5399, "89 min"),
            (5400, "1 h 30 min"),
            (7200, "2 h"), (7800, "2 h 10 min"), (97_200, "1 d 3 h"), (525_600, "6 d 2 h"), (26_265_600, "304 d"),
            (-5, "0 s"),
        ] as [(Int64, String)]
    )
    func age(_ seconds: Int64, _ text: String) {
        #expect(Age.text(seconds: seconds) == text)
    }

    @Test("a moment is told relative to now")
    func relative() {
        #expect(Age.relative(100, now: 1120) == "17 min ago")
        #expect(Age.relative(143, now: 100) == "in 43 s")
        #expect(Age.relative(100, now: 100) == "now")
        #expect(Age.moment(1_795_355_107, now: 1_795_356_000) == "13:45:07Z")
        #expect(Age.moment(1_795_268_707, now: 1_795_356_000) == "2026-11-21 13:45:07Z")
    }

    @Test("what something took", arguments: [(340, "340 ms"), (8149, "8.1 s"), (95_000, "1 min")] as [(Int64, String)])
    func took(_ milliseconds: Int64, _ text: String) {
        #expect(Age.took(milliseconds: milliseconds) == text)
    }

    @Test(
        "counts have commas",
        arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (12_345_678, "12,345,678"), (-1234, "-1,234")]
    )
    func count(_ number: Int, _ text: String) {
        #expect(Figure.count(number) == text)
    }

    @Test(
        "bytes are rounded for people",
        arguments: [
            (999, "999 B"), (1000, "1 kB"), (400_000, "400 kB"), (1_500_000, "1.5 MB"), (118_000_000, "118 MB"),
            (61_400_000_000, "61 GB"),
        ] as [(Int64, String)]
    )
    func bytes(_ number: Int64, _ text: String) {
        #expect(Figure.bytes(number) == text)
    }
}
