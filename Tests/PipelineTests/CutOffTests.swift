import Crypto
import Glibc
import Ledger
import Pipeline
import Simulator
import Spool
import Testing

/// A batch whose file was changed while the process stood still: what was answered of it appears, whatever the file
/// has become.
@Suite("A batch that was begun and whose file is another now")
struct CutOffTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        var manifest: String?
        /// Whether what the file becomes was answered before.
        var isKnown = false
        /// Whether what it becomes was begun by a process that ended before it looked after the first.
        var isBegun = false
        /// The batches that have results.
        var answered = 2
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "one that is answered"),
        Row(name: "one whose opening was the last thing a process did", isBegun: true),
        Row(name: "one that was answered before", isKnown: true),
        Row(name: "one that does not fit its manifest", manifest: "{\"records\":6}", answered: 1),
        Row(name: "one whose batch_id is that of the first", manifest: "{\"batch_id\":\"wave-1\"}", answered: 1),
    ]

    @Test("ends there, and what was answered appears", arguments: rows)
    func ends(_ row: Row) throws {
        let place = try Place { plan in plan.groupRequests = 2 }
        let lines = try (1...11).map { try World.forge.item(of: World.other, number: $0).line + "\n" }
        let (first, second) = (lines[..<6].joined(), lines[6...].joined())
        if row.isKnown {
            try place.drop("b.ndjson", second)
            try place.pass()
        }
        if let manifest = row.manifest { try place.drop("b.manifest.json", manifest) }
        try place.drop("b.ndjson", first)
        let writer = open(place.incoming("b.ndjson"), O_WRONLY | O_CLOEXEC)
        defer { close(writer) }
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        #expect(ftruncate(writer, 0) == 0)
        let bytes = Array(second.utf8)
        #expect(pwrite(writer, bytes, bytes.count, 0) == bytes.count)
        if row.isBegun { try begin(second, at: place) }
        try place.reopen()
        try place.pass()
        let results = place.names.filter { $0.hasSuffix(".results.ndjson") }
        #expect(results.count == row.answered, "\(place.names)")
        let mine = try #require(results.first { $0.hasPrefix("b.\(Place.h16(first)).") }, "\(place.names)")
        #expect(try place.lines(mine).map(\.outcome) == ["accepted", "accepted"])
        let bytesOfSummary = try place.bytes(mine.replacing(".results.ndjson", with: ".summary.json"))
        let summary = String(decoding: bytesOfSummary, as: UTF8.self)
        #expect(summary.contains("\"cut_off\":true"))
        #expect(summary.contains("\"batch_id\":\"wave-1\"") == (row.manifest?.contains("wave-1") == true))
        let shown = try place.answers.count { $0.outcome == "accepted" }
        #expect(try place.clients.count == shown)
        #expect(try place.ledger.summary(at: place.now).openBatches == 0)
        #expect(place.isSettled)
    }

    /// Opens a batch in the ledger as a process does that ends behind that.
    private func begin(_ text: String, at place: Place) throws {
        let h16 = Place.h16(text)
        let batch = BatchRecord(
            key: "b.\(h16)",
            fileName: "b.ndjson",
            byteCount: Int64(text.utf8.count),
            contentSHA256: .of(Array(text.utf8)),
            stagedName: "b.\(h16).results.ndjson.part",
            startedAt: place.now
        )
        try place.ledger.group(at: place.now) { group throws(LedgerError) in _ = try group.batches.open(batch) }
    }
}
