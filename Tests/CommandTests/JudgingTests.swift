import Encoding
import Simulator
import Testing

@Suite("check and explain")
struct JudgingTests {
    /// One row per outcome.
    struct Row: CustomTestStringConvertible, Sendable {
        let reason: String
        let fault: ForgedFault?
        let code: Int32
        let words: String
        let remedy: String

        var testDescription: String { reason }
    }

    static let rows = [
        Row(reason: "accepted", fault: nil, code: 0, words: "accepted\n", remedy: "nothing; it is accepted"),
        Row(
            reason: "rejected",
            fault: .foreignRedirect,
            code: 1,
            words: "rejected   ",
            remedy: "Add the URI to the software in the directory"
        ),
        Row(
            reason: "malformed",
            fault: .truncated,
            code: 2,
            words: "malformed   ",
            remedy: "Send the registration request"
        ),
        Row(
            reason: "deferred",
            fault: .unpublishedSoftwareKey,
            code: 3,
            words: "deferred   ",
            remedy: "run: counterfoil refresh; the request is tried again by itself; missing: https://localhost:1/"
        ),
    ]

    @Test("check says it in a line and ends with 0, 1, 2 or 3", arguments: rows)
    func check(_ row: Row) throws {
        let site = try Site()
        _ = try site.refresh()
        try site.write(try site.make(row.fault), to: "one")
        let result = try site.runAsOf("check", "one.jwt")
        #expect(result.code == row.code, "\(result.output)\(result.errors)")
        #expect(result.output.hasPrefix("one.jwt: \(row.words)"))
        #expect(result.output.split(separator: "\n").count == 1)
    }

    @Test("explain says why, by which keys, and what to do", arguments: rows)
    func explain(_ row: Row) throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(row.fault, stem: "one")
        let result = try site.runAsOf("explain", "incoming/one.jwt")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.hasPrefix("spool/incoming/one.jwt   \(row.reason.uppercased())"))
        #expect(result.output.contains("\nWhat to do: \(row.remedy)"), "\(result.output)")
        #expect(result.output.contains(" passed"))
        let json = try site.runAsOf("explain", "incoming/one.jwt", "--json")
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(json.output))
        #expect(document.root["outcome"]?.text?.string == row.reason)
        #expect(site.folder.names("spool/incoming") == [".keep", "one.jwt", "one.pem"])
    }

    @Test("explain shows the key and the certificate a verdict rests on")
    func evidence() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.write(try site.make(), to: "one")
        let text = try site.runAsOf("explain", "one.jwt").output
        #expect(text.contains("  directory key  kid "), "\(text)")
        #expect(text.contains(", signature good (set fetched now, fresh)"))
        #expect(text.contains("  certificate    sha256 "))
        #expect(text.contains("not revoked, by a list good until 2026-11-2"))
        let all = try site.runAsOf("explain", "one.jwt", "-v").output
        #expect(all.contains("  R-107 pass   each redirect URI is"))
    }

    @Test("check tells of a batch what is refused, and what it adds up to")
    func batch() throws {
        let site = try Site()
        _ = try site.refresh()
        let campaign = try Campaign(site.forge, count: 12, faults: [.foreignRedirect: 1, .truncated: 1])
        try site.folder.write(String(decoding: campaign.bulk, as: UTF8.self), to: "all.ndjson")
        let result = try site.runAsOf("check", "all.ndjson")
        #expect(result.code == 2)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.last == "accepted 10   rejected 1   malformed 1   deferred 0")
        let number = try #require(campaign.items.firstIndex { $0.fault == .foreignRedirect }) + 1
        #expect(lines.contains { $0.hasPrefix("all.ndjson:\(number): rejected   ") })
        let why = try site.runAsOf("explain", "all.ndjson", "--line", "\(number)")
        #expect(why.output.hasPrefix("all.ndjson:\(number)   REJECTED   invalid_redirect_uri"), "\(why.output)")
        #expect(try site.runAsOf("explain", "all.ndjson").code == 64)
        #expect(try site.runAsOf("explain", "all.ndjson", "--line", "13").code == 64)
    }

    @Test("what a hostile request says cannot speak to the terminal")
    func hostile() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.folder.write("{\"ref\":\"\\u001b[31m\",\"operation\":\"\u{202E}\\u001b]0;x\\u0007\"}", to: "bad.json")
        let result = try site.runAsOf("explain", "bad.json")
        #expect(result.output.contains("R-002 FAIL"))
        #expect(!result.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    }
}
