import Crypto
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

    static let wrong = [
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
        #expect(place.names.count == 2)
        #expect(place.names.allSatisfy { $0.hasPrefix("good.") })
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
        let manifest = "{\"v\":1,\"batch_id\":\"wave/1\",\"records\":3,\"sha256\":\"\(Self.hash)\"}"
        try place.drop("b.manifest.json", manifest)
        try place.drop("b.ndjson", Self.text)
        try place.pass()
        let summary = try place.batchSummary
        #expect(summary.batchId == "wave/1")
        #expect(summary.outcomes["accepted"] == 3)
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
}
