import Crypto
import Encoding
import Pipeline
import Testing

/// When a batch may be a migration at all.
extension MigrationTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var allowed = true
        let manifest: @Sendable (String) -> String
        let says: String
    }

    static let refusals = [
        Refusal(
            testDescription: "the bank does not allow it",
            allowed: false,
            manifest: { "{\"mode\":\"migration\",\"batch_id\":\"a\",\"sha256\":\"\($0)\"}" },
            says: "policy.migration.allowed"
        ),
        Refusal(
            testDescription: "no hash",
            manifest: { _ in "{\"mode\":\"migration\",\"batch_id\":\"a\"}" },
            says: "sha256 and batch_id"
        ),
        Refusal(
            testDescription: "no batch_id",
            manifest: { "{\"mode\":\"migration\",\"sha256\":\"\($0)\"}" },
            says: "sha256 and batch_id"
        ),
        Refusal(
            testDescription: "another mode",
            manifest: { "{\"mode\":\"Migration\",\"batch_id\":\"a\",\"sha256\":\"\($0)\"}" },
            says: "mode"
        ),
    ]

    @Test("is refused as a whole, and nothing of it is taken over", arguments: refusals)
    func refused(_ row: Refusal) throws {
        let place = try place(allowed: row.allowed)
        let text = try record() + "\n"
        try place.drop("m.manifest.json", row.manifest(SHA256Digest.of(Array(text.utf8)).hex))
        try place.drop("m.ndjson", text)
        #expect(try place.pass().failed.map(\.name) == ["m.ndjson"])
        let reason = try place.folder.read("spool/failed/manifest/m.ndjson.reason.json")
        #expect(String(decoding: reason, as: UTF8.self).contains(row.says))
        #expect(try place.clients.isEmpty && place.names.count == 1 && place.names[0].hasSuffix(".refused.json"))
    }

    @Test("is not what a record outside of such a batch can make itself: it is malformed, and nothing new is issued")
    func outside() throws {
        let place = try place(days: 0)
        try place.drop("a.json", try record(1))
        try place.drop("b.ndjson", try record(2) + "\n")
        try place.pass()
        #expect(try place.answers.map(\.errors) == [["R-002"], ["R-002"]])
        #expect(try place.clients.isEmpty)
    }
}
