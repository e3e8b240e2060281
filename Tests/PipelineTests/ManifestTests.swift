import Crypto
import Encoding
import Ledger
import Pipeline
import Simulator
import Spool
import Testing

/// A batch with a manifest: it fits, or nothing of the batch is issued.
@Suite("The manifest of a batch")
struct ManifestTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let manifest: String
        let says: String
        var testDescription: String { name }
    }

    static let text: String = World.sure {
        try (1...3).map { try World.forge.item(of: World.other, number: $0).line + "\n" }.joined()
    }
    static let hash = SHA256Digest.of(text).hex

    /// The total as a sender would compute it.
    static let total: String = {
        let sums = text.split(separator: "\n").map { line in
            SHA256Digest.of(String(line)).bytes.prefix(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        }
        let digits = String(sums.reduce(0, &+), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }()

    static let wrong = [
        Row(name: "another hash total", manifest: "{\"hash_total\":\"00000000deadbeef\"}", says: "hash_total"),
        Row(name: "the hash total as a number", manifest: "{\"hash_total\":7}", says: "hash_total is not a string"),
        Row(
            name: "the hash total in capitals",
            manifest: "{\"hash_total\":\"\(total.uppercased() + "A")\"}",
            says: "hash_total"
        ),
        Row(
            name: "made in the future",
            manifest: "{\"created_at\":\"\(Timestamp.rfc3339(World.now + 61))\"}",
            says: "created_at is in the future"
        ),
        Row(name: "made at no time", manifest: "{\"created_at\":\"yesterday\"}", says: "created_at is not a time"),
        Row(name: "too many records", manifest: "{\"records\":4}", says: "4 records"),
        Row(name: "too few records", manifest: "{\"records\":2}", says: "2 records"),
        Row(name: "records as text", manifest: "{\"records\":\"3\"}", says: "records"),
        Row(name: "another hash", manifest: "{\"sha256\":\"\(String(hash.reversed()))\"}", says: "sha256"),
        Row(name: "the hash in capitals", manifest: "{\"sha256\":\"\(hash.uppercased())\"}", says: "sha256"),
        Row(name: "an id that is no text", manifest: "{\"batch_id\":7}", says: "batch_id"),
        Row(name: "an empty id", manifest: "{\"batch_id\":\"\"}", says: "batch_id"),
        Row(name: "another version", manifest: "{\"v\":2}", says: "v must be 1"),
        Row(name: "an unknown mode", manifest: "{\"mode\":\"dry\"}", says: "mode"),
        Row(name: "no JSON", manifest: "records: 3", says: "JSON"),
        Row(name: "a member twice", manifest: "{\"records\":3,\"records\":3}", says: "JSON"),
        Row(name: "an array", manifest: "[3]", says: "object"),
    ]

    @Test("that does not fit refuses the whole batch, nothing is issued, and others go on", arguments: wrong)
    func refuses(_ row: Row) throws {
        let place = try Place()
        try place.drop("b.manifest.json", row.manifest)
        try place.drop("b.ndjson", Self.text)
        try place.drop("good.ndjson", try World.forge.item(of: World.software).line)
        let tally = try place.pass()
        #expect(tally.failed.map(\.name) == ["b.ndjson"])
        #expect(place.names.filter { $0.hasPrefix("good.") }.count == 2)
        let others = place.names.filter { !$0.hasPrefix("good.") }
        #expect(others.count == 1 && others.allSatisfy { $0.hasSuffix(".refused.json") }, "\(others)")
        let answer = try read(place, try #require(others.first))
        #expect(answer.contains("\"accepted\":false") && answer.contains(row.says), "\(answer)")
        #expect(answer.contains("\"records\":3,\"hash_total\":\"\(Self.total)\""))
        #expect(try place.clients.count == 1)
        let failed = place.lying(in: .failed)
        #expect(failed == ["manifest/b.manifest.json", "manifest/b.ndjson", "manifest/b.ndjson.reason.json"])
        let reason = try place.folder.read("spool/failed/manifest/b.ndjson.reason.json")
        #expect(String(decoding: reason, as: UTF8.self).contains(row.says))
        #expect(place.isSettled)
    }

    @Test("that fits is answered with its id in the summary")
    func fits() throws {
        let place = try Place()
        let manifest = """
            {"v":1,"batch_id":"wave/1","records":3,"sha256":"\(Self.hash)","hash_total":"\(Self.total)",\
            "created_at":"\(Timestamp.rfc3339(World.now + 60))"}
            """
        try place.drop("b.manifest.json", manifest)
        try place.drop("b.ndjson", Self.text)
        try place.pass()
        let summary = try place.batchSummary
        #expect(summary.batchId == "wave/1")
        #expect(summary.outcomes["accepted"] == 3)
        let acknowledged = try #require(place.names.first { $0.hasSuffix(".ack.json") })
        let answer = try read(place, acknowledged)
        #expect(answer.contains("\"accepted\":true,\"sha256\":\"\(Self.hash)\""))
        #expect(answer.contains("\"records\":3,\"hash_total\":\"\(Self.total)\",\"batch_id\":\"wave/1\""))
        let results = try read(place, try #require(place.names.first { $0.hasSuffix(".results.ndjson") }))
        let total = LineTotal()
        total.update(ByteSlice(results))
        let said = try read(place, try #require(place.names.first { $0.hasSuffix(".summary.json") }))
        #expect(said.contains("\"hash_total\":\"\(Self.total)\",\"batch_id\""))
        #expect(said.contains("\"hash_total\":\"\(total.finish())\"}"))
    }

    @Test("is acknowledged once, also where the same refusal comes again; without one there is no answer at all")
    func once() throws {
        let place = try Place()
        for _ in 1...2 {
            try place.drop("b.manifest.json", "{\"records\":4}")
            try place.drop("b.ndjson", Self.text)
            try place.pass()
        }
        #expect(place.names.count == 1)
        try place.drop("plain.ndjson", Self.text)
        try place.pass()
        #expect(place.names.filter { $0.hasPrefix("plain.") }.count == 2)
        #expect(
            try !read(place, try #require(place.names.first { $0.hasSuffix(".summary.json") })).contains("hash_total")
        )
    }

    @Test("whose id another batch used refuses, also after a restart")
    func usedID() throws {
        let place = try Place()
        try place.drop("b1.manifest.json", "{\"batch_id\":\"wave-1\"}")
        try place.drop("b1.ndjson", Self.text)
        try place.pass()
        try place.reopen()
        try place.drop("b2.manifest.json", "{\"batch_id\":\"wave-1\"}")
        try place.drop("b2.ndjson", try World.forge.item(of: World.software).line)
        #expect(try place.pass().failed.map(\.name) == ["b2.ndjson"])
        #expect(try place.clients.count == 3)
        #expect(place.lying(in: .failed).contains("manifest/b2.ndjson"))
    }

    private func read(_ place: Place, _ name: String) throws -> String {
        String(decoding: try place.bytes(name), as: UTF8.self)
    }

    @Test("that was put right is answered")
    func putRight() throws {
        let place = try Place()
        try place.drop("b.manifest.json", "{\"batch_id\":\"wave-1\",\"records\":4}")
        try place.drop("b.ndjson", Self.text)
        try place.pass()
        try place.drop("b.manifest.json", "{\"batch_id\":\"wave-1\",\"records\":3}")
        try place.drop("b.ndjson", Self.text)
        try place.pass()
        #expect(try place.clients.count == 3)
    }

    @Test("a batch that was taken is answered to its end, whatever becomes of its manifest")
    func changedLater() throws {
        let place = try Place { plan in plan.groupRequests = 1 }
        try place.drop("b.manifest.json", "{\"batch_id\":\"wave-1\",\"records\":3}")
        try place.drop("b.ndjson", Self.text)
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        let manifest = try #require(place.lying(in: .active).first { $0.hasSuffix(".manifest.json") })
        try place.folder.write(Array("{\"records\":4}".utf8), to: "spool/active/\(manifest)")
        try place.reopen()
        try place.pass()
        #expect(try place.batchAnswers.map(\.outcome) == Array(repeating: "accepted", count: 3))
        #expect(place.names.count == 3 && place.names.contains { $0.hasSuffix(".ack.json") }, "\(place.names)")
        let summary = try #require(place.names.first { $0.hasSuffix(".summary.json") })
        #expect(String(decoding: try place.bytes(summary), as: UTF8.self).contains("\"batch_id\":\"wave-1\""))
        #expect(try place.clients.count == 3)
        #expect(try place.ledger.summary(at: place.now).openBatches == 0)
        #expect(place.isSettled)
    }
}
