import Fetch
import KeyCache
import Testing

@testable import Refresh

/// After a good set {A, B}, each of these bodies comes: the last good key must still be found (`cache.md` F30-F44).
@Suite("After a good set")
struct PoisonTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        /// nil removes the file.
        var body: [UInt8]?
        var outcome: RefreshOutcome
        var testDescription: String { name }

        init(_ name: String, _ body: String, _ outcome: RefreshOutcome) {
            self.init(name, Array(body.utf8), outcome)
        }

        init(_ name: String, _ body: [UInt8]?, _ outcome: RefreshOutcome) {
            self.name = name
            self.body = body
            self.outcome = outcome
        }
    }

    private static let (a, b) = (TestKeys.a, TestKeys.b)
    private static func with(_ entry: String) -> String { TestKeys.set([entry, a, b]) }

    static let rows = [
        Row("no file", nil, .unreachable),
        Row("the same again", TestKeys.ab, .unchanged),
        Row("the same keys in other words", " " + TestKeys.ab + "\n", .updated),
        Row("nothing", "", .invalid),
        Row("a login page", "<!DOCTYPE html><title>Login</title>", .invalid),
        Row("cut off", String(TestKeys.ab.dropLast(9)), .invalid),
        Row("an object without keys", "{}", .invalid),
        Row("an array", "[]", .invalid),
        Row("null", "null", .invalid),
        Row("a string", "\"hello\"", .invalid),
        Row("keys are null", "{\"keys\":null}", .invalid),
        Row("keys are an object", "{\"keys\":{}}", .invalid),
        Row("no keys", "{\"keys\":[]}", .held),
        Row("a byte order mark", "\u{FEFF}" + TestKeys.ab, .updated),
        Row("UTF-16", Array(TestKeys.ab.utf8).flatMap { [$0, 0] }, .invalid),
        Row("bytes that are not UTF-8", Array(TestKeys.ab.utf8) + [0xFF], .invalid),
        Row("NUL at the end", TestKeys.ab + "\0", .invalid),
        Row("keys twice", "{\"keys\":[],\"keys\":[\(a),\(b)]}", .invalid),
        Row("a member twice in a key", with("{\"kty\":\"EC\",\"kty\":\"oct\"}"), .invalid),
        Row("nesting without end", String(repeating: "[", count: 10_000), .invalid),
        Row("over the size limit", TestKeys.ab + String(repeating: " ", count: 20_000), .unreachable),
        Row("a key that is a string", with("\"key\""), .updated),
        Row(
            "a key of an unknown type",
            with("{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"kid\":\"Q\",\"pub\":\"AAAA\"}"),
            .updated
        ),
        Row(
            "a key on an unknown curve",
            with("{\"kty\":\"EC\",\"crv\":\"P-999\",\"kid\":\"Q\",\"x\":\"AA\",\"y\":\"AA\"}"),
            .updated
        ),
        Row("an RSA key without a modulus", with("{\"kty\":\"RSA\",\"kid\":\"Q\",\"e\":\"AQAB\"}"), .updated),
        Row("a kid that is a number", with("{\"kty\":\"RSA\",\"kid\":7}"), .updated),
        Row("a symmetric key under the same kid", with("{\"kty\":\"oct\",\"kid\":\"A\",\"k\":\"AAAA\"}"), .updated),
        Row("another key under the same kid", with(TestKeys.key("A")), .updated),
        Row("only the other key", TestKeys.set([b]), .updated),
        Row("only a new key", TestKeys.set([TestKeys.c]), .held),
        Row("only keys of unknown types", TestKeys.set(["{\"kty\":\"AKP\"}"]), .held),
    ]

    @Test("the last good key is still found", arguments: rows)
    func stillFound(_ row: Row) throws {
        let fixture = try RefreshFixture()
        fixture.settings.keySetByteLimit = 16 << 10
        let url = "https://keystore.test/org/soft.jwks"
        let file = "mirror/keystore.test/org/soft.jwks"
        try fixture.add(url, .software, software: "soft")
        try fixture.folder.write(file, TestKeys.ab)
        let first = try fixture.mirrorPass().run(.due)
        #expect(first.lines.map(\.outcome) == [.updated])
        #expect(first.lines.first?.reason == "+2 keys")

        fixture.now += 600
        if let body = row.body { try fixture.folder.write(file, body) } else { fixture.folder.delete(file) }
        let report = try fixture.mirrorPass().run(.all)
        #expect(report.lines.map(\.outcome) == [row.outcome], "\(report.lines.first?.reason ?? "")")
        #expect(try fixture.isUsable("A", at: url))
        #expect(
            report.lines.first?.lastGood == fixture.now
                - (row.outcome == .updated || row.outcome == .unchanged ? 0 : 600)
        )

        // And a good set heals whatever it was.
        fixture.now += 600
        try fixture.folder.write(file, TestKeys.set([TestKeys.a, TestKeys.b, TestKeys.c]))
        let healed = try fixture.mirrorPass().run(.all)
        #expect(healed.verdict == .good)
        #expect(try fixture.isUsable("A", at: url))
        #expect(try fixture.isUsable("C", at: url))
        #expect(try fixture.store.source(url)?.failureCount == 0)
    }
}
