import Encoding
import Glibc
import Testing

@testable import Spool

@Suite("What is kept of what is finished")
struct RetentionTests {
    static let now = TemporarySpool.now
    static let day: UnixTime = 86_400

    /// A spool with three archived groups, two on an old day.
    private func archived() throws -> TemporarySpool {
        let place = try TemporarySpool()
        _ = try place.open()
        for (day, group, size) in [("2026-08-01", "g1", 10), ("2026-08-01", "g2", 20), ("2026-11-22", "g3", 30)] {
            try place.folder("archive/\(day)/\(group)")
            try place.write("archive/\(day)/\(group)/a.jwt", String(repeating: "x", count: size))
            try place.write("archive/\(day)/\(group)/a.pem", String(repeating: "x", count: size))
        }
        return place
    }

    private func sweep(_ place: TemporarySpool, _ rules: Retention) throws -> [Shelf: RetentionAmount] {
        try SpoolUpkeep(place.root).sweep(rules, at: Self.now, isRehearsal: false) { _, _ in }.run()
    }

    @Test("nothing goes without a bound")
    func nothing() throws {
        let place = try archived()
        #expect(try sweep(place, Retention()).isEmpty)
        #expect(place.tree("archive").count == 6)
    }

    struct AgeRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let age: UnixTime
        let left: Int
    }

    @Test(
        "archive by age counts from the end of the day",
        arguments: [
            AgeRow(testDescription: "one second short of its age", age: now - endOfOldDay + 1, left: 6),
            AgeRow(testDescription: "at its age", age: now - endOfOldDay, left: 2),
            AgeRow(testDescription: "today's stays, however short the age", age: 0, left: 2),
        ]
    )
    func archiveAge(_ row: AgeRow) throws {
        let place = try archived()
        var rules = Retention()
        rules.archive.age = row.age
        _ = try sweep(place, rules)
        #expect(place.tree("archive").filter { $0.hasSuffix(".jwt") || $0.hasSuffix(".pem") }.count == row.left)
        #expect(place.names("archive").contains("2026-08-01") == (row.left == 6))
    }

    private static let endOfOldDay = Timestamp.parse("2026-08-02T00:00:00Z") ?? 0

    struct SizeRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var bytes: Int64?
        var files: Int?
        let left: [String]
    }

    @Test(
        "archive by size and number: the oldest group goes first, whole",
        arguments: [
            SizeRow(testDescription: "all fit by bytes", bytes: 120, left: ["g1", "g2", "g3"]),
            SizeRow(testDescription: "one byte too many", bytes: 119, left: ["g2", "g3"]),
            SizeRow(testDescription: "all fit by number", files: 6, left: ["g1", "g2", "g3"]),
            SizeRow(testDescription: "one file too many", files: 5, left: ["g2", "g3"]),
            SizeRow(testDescription: "only the youngest fits", bytes: 60, files: 6, left: ["g3"]),
            SizeRow(testDescription: "nothing fits", files: 1, left: []),
        ]
    )
    func archiveSize(_ row: SizeRow) throws {
        let place = try archived()
        var rules = Retention()
        (rules.archive.bytes, rules.archive.files) = (row.bytes, row.files)
        _ = try sweep(place, rules)
        let groups = place.names("archive").flatMap { place.names("archive/\($0)") }
        #expect(groups.sorted() == row.left)
    }

    @Test("a rehearsal says what a sweep removes, and removes nothing")
    func rehearsal() throws {
        let place = try archived()
        var rules = Retention()
        rules.archive.files = 3
        var told: [String] = []
        let upkeep = try SpoolUpkeep(place.root)
        let would = try upkeep.sweep(rules, at: Self.now, isRehearsal: true) { told.append("\($0) \($1.path)") }.run()
        #expect(place.tree("archive").count == 6)
        #expect(told == ["archive archive/2026-08-01/g1", "archive archive/2026-08-01/g2"])
        #expect(try sweep(place, rules) == would)
        #expect(would[.archive]?.files == 4 && would[.archive]?.bytes == 60)
    }

    @Test("a stop leaves a group half removed, and the next sweep completes it")
    func stopped() throws {
        let place = try archived()
        for number in 0..<200 { try place.write("archive/2026-08-01/g1/f\(number).jwt") }
        let spool = try place.open()
        var rules = Retention()
        rules.archive.age = 0
        var asked = 0
        _ = try spool.sweep(
            rules,
            at: Self.now,
            shouldStop: {
                asked += 1; return asked > 2
            }
        ).run()
        #expect(place.tree("archive").count > 2)
        _ = try sweep(place, rules)
        #expect(place.names("archive") == ["2026-11-22"])
    }

    /// A day of results: one taken, one not, a batch that was taken as a whole and one of which only the results were.
    private func answered() throws -> TemporarySpool {
        let place = try TemporarySpool()
        _ = try place.open()
        try place.folder("results/2026-11-01")
        try place.folder("acks/2026-11-01")
        for name in [
            "a.1.accepted.json", "b.2.rejected.json", "c.3.results.ndjson", "c.3.summary.json", "d.4.results.ndjson",
            "d.4.summary.json",
        ] { try place.write("results/2026-11-01/\(name)") }
        for name in ["a.1.accepted.json", "c.3.summary.json", "d.4.results.ndjson", "gone.5.accepted.json"] {
            try place.write("acks/2026-11-01/\(name)")
        }
        // A consumer's own idea of a mark hinders nothing.
        try place.folder("acks/2026-11-01/e.6.accepted.json")
        return place
    }

    @Test("results go with their marks when they were taken; what nobody took stays")
    func results() throws {
        let place = try answered()
        var rules = Retention()
        rules.results.age = 7 * Self.day
        let gone = try sweep(place, rules)
        let kept = ["b.2.rejected.json", "d.4.results.ndjson", "d.4.summary.json"]
        #expect(place.names("results/2026-11-01") == kept)
        #expect(place.names("acks/2026-11-01") == ["d.4.results.ndjson", "e.6.accepted.json"])
        #expect(gone[.results]?.files == 6)
    }

    @Test("what nobody took goes only after the time said for it")
    func unconsumed() throws {
        let place = try answered()
        var rules = Retention()
        rules.unconsumed = 30 * Self.day
        #expect(try sweep(place, rules)[.results]?.files == 0)
        rules.unconsumed = 20 * Self.day
        _ = try sweep(place, rules)
        #expect(
            place.names("results/2026-11-01").allSatisfy {
                $0.hasPrefix("a.1") || $0.hasPrefix("c.3")
            }
        )
    }

    @Test("files set aside go with their companions and reasons, the oldest first")
    func failed() throws {
        let place = try TemporarySpool()
        _ = try place.open()
        try place.folder("failed/manifest")
        try place.folder("failed/owner")
        for name in ["b.ndjson", "b.manifest.json", "b.ndjson.reason.json"] {
            try place.write("failed/manifest/\(name)")
        }
        for name in ["x.jwt", "x.pem", "x.jwt.reason.json"] { try place.write("failed/owner/\(name)") }
        var rules = Retention()
        rules.failed.files = 6
        #expect(try sweep(place, rules)[.failed]?.files == 0)
        rules.failed.files = 5
        #expect(try sweep(place, rules)[.failed]?.files == 3)
        #expect(place.names("failed/manifest").count + place.names("failed/owner").count == 3)
        rules.failed = KeepBounds(age: -Self.now)
        _ = try sweep(place, rules)
        #expect(place.names("failed/manifest").isEmpty && place.names("failed/owner").isEmpty)
    }

    @Test("what is none of ours is left alone")
    func strangers() throws {
        let place = try archived()
        try place.folder("archive/kept-by-hand")
        try place.write("archive/kept-by-hand/a.jwt")
        try place.write("archive/README")
        try place.folder("archive/2026-08-01/g1/inner")
        try place.write("archive/2026-08-01/g1/inner/a.jwt")
        var rules = Retention()
        rules.archive.files = 1
        _ = try sweep(place, rules)
        #expect(
            place.tree("archive").sorted() == [
                "archive/2026-08-01/g1/inner/a.jwt", "archive/2026-11-22", "archive/README",
                "archive/kept-by-hand/a.jwt",
            ]
        )
    }
}
