import Crypto
import Encoding
import Ledger
import OpenBanking
import Pipeline
import Simulator
import Spool
import Testing

/// Many requests in a file: order, summary, odd lines.
@Suite("A batch")
struct BatchTests {
    @Test("output line i answers input line i, over several groups, and the summary fits")
    func order() throws {
        let place = try Place { plan in plan.groupRequests = 7 }
        var faults = Campaign.evenly(1)
        faults[.unknownDirectoryKey] = 0
        faults[.unpublishedSoftwareKey] = 0
        let campaign = try Campaign(World.forge, count: 45, faults: faults)
        let text = campaign.bulk
        try place.drop("wave-1.ndjson", text)
        let tally = try place.pass()
        let h16 = String(SHA256Digest.of(text).hex.prefix(16))
        #expect(place.names == ["wave-1.\(h16).results.ndjson", "wave-1.\(h16).summary.json"])
        let answers = try place.lines("wave-1.\(h16).results.ndjson")
        try #require(answers.count == campaign.items.count)
        for (number, (answer, item)) in zip(answers, campaign.items).enumerated() {
            #expect(answer.source == Answer.Source(file: "wave-1.ndjson", line: number + 1))
            #expect(answer.outcome == item.expectation.outcome.rawValue, "line \(number + 1), \(item.name)")
            #expect(answer.ref == item.name)
            if let rule = item.expectation.rule { #expect(answer.findings.map(\.rule).contains(rule.name)) }
        }
        let summary = try Summary(place.bytes("wave-1.\(h16).summary.json"))
        let results = try place.bytes(summary.results.file)
        #expect(summary.sha256 == SHA256Digest.of(text).hex)
        #expect(summary.results.sha256 == SHA256Digest.of(results).hex)
        #expect(summary.results.bytes == results.count)
        #expect(summary.lines == 45)
        #expect(summary.outcomes.values.reduce(0, +) == 45)
        for (outcome, count) in campaign.expected { #expect(summary.outcomes[outcome.rawValue] == count) }
        #expect(tally.requests == 45)
        #expect(tally.batches == ["wave-1.ndjson"])
        #expect(try place.ledger.summary(at: place.now).openBatches == 0)
        #expect(place.isSettled)
    }

    @Test("each client of a batch is its own")
    func clients() throws {
        let place = try Place { plan in plan.groupRequests = 5 }
        try place.drop("many.ndjson", try Campaign(World.forge, count: 23).bulk)
        try place.pass()
        let issued = try place.batchAnswers.compactMap(\.response?.clientId)
        #expect(issued.count == 23)
        #expect(Set(issued) == Set(try place.clients.map(\.clientID)))
    }

    struct Line: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: [UInt8]
        var outcome = "malformed"
        var testDescription: String { name }
    }

    static let lines: [Line] = World.sure {
        func good(_ number: Int) throws -> [UInt8] {
            Array(try World.forge.item(of: World.software, number: 900 + number).line.utf8)
        }
        func text(_ inside: [UInt8]) -> [UInt8] { Array("{\"ref\":\"".utf8) + inside + Array("\"}".utf8) }
        return [
            Line(name: "blank", bytes: []),
            Line(name: "spaces", bytes: Array("   ".utf8)),
            Line(name: "invalid UTF-8", bytes: text([0xC3, 0x28])),
            Line(name: "too long", bytes: text(Array(repeating: 0x78, count: 70_000))),
            Line(name: "much too long", bytes: text(Array(repeating: 0x78, count: 5_000_000))),
            Line(name: "an array", bytes: Array("[]".utf8)),
            Line(name: "two values", bytes: Array("{} {}".utf8)),
            Line(name: "a byte order mark", bytes: [0xEF, 0xBB, 0xBF] + (try good(1))),
            Line(name: "a NUL", bytes: [0] + (try good(2))),
            Line(name: "no request", bytes: Array("{\"ref\":\"r\"}".utf8)),
            Line(name: "ended by CR LF", bytes: (try good(3)) + [0x0D], outcome: "accepted"),
        ]
    }

    @Test("a line that is none is answered in its place and the next is read", arguments: lines)
    func oddLine(_ odd: Line) throws {
        let place = try Place { plan in plan.limits.line = 64 << 10 }
        let good = try (1...2).map { Array(try World.forge.item(of: World.other, number: $0).line.utf8) }
        let end = [UInt8(ascii: "\n")]
        try place.drop("odd.ndjson", good[0] + end + odd.bytes + end + good[1] + end)
        try place.pass()
        let answers = try place.batchAnswers
        #expect(answers.map(\.outcome) == ["accepted", odd.outcome, "accepted"])
        #expect(answers.map(\.source.line) == [1, 2, 3])
        #expect(try place.batchSummary.lines == 3)
    }

    @Test("the last line needs no end", arguments: ["", "\n", "\r\n"])
    func lastLine(_ end: String) throws {
        let place = try Place()
        let items = try (1...2).map { try World.forge.item(of: World.other, number: $0) }
        try place.drop("last.jsonl", items.map(\.line).joined(separator: "\n") + end)
        try place.pass()
        #expect(try place.batchAnswers.map(\.outcome) == ["accepted", "accepted"])
    }

    @Test("resumed on another day keeps its day and the time it came")
    func resumedLater() throws {
        let place = try Place { plan in plan.groupRequests = 4 }
        let items = try (1...10).map { try World.forge.item(of: World.other, number: $0) }
        try place.drop("slow.ndjson", items.map { $0.line + "\n" }.joined())
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        #expect(place.names.isEmpty)
        place.now += 86_400 - 60
        try place.reopen()
        try place.pass()
        #expect(place.folder.tree("spool/results").allSatisfy { $0.hasPrefix(World.day) })
        #expect(try place.batchAnswers.map(\.outcome) == Array(repeating: "accepted", count: 10))
        #expect(try place.clients.count == 10)
    }
}
