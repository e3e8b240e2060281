import Encoding
import OpenBanking

@testable import Report

/// Results as they are written, for reports to read.
enum Results {
    static let secret = "SECRET-canary-4f1b"

    static func result(
        _ outcome: Outcome = .accepted,
        line: Int = 1,
        reference: String = "r",
        name: String = "TPP",
        organisation: String? = "org1",
        rule: String? = nil,
        value: String = "v",
        decidedAt: Int64 = 1_795_341_600,
        keysFetchedAt: Int64 = 1_795_341_000,
        overrides: String = ""
    ) throws -> ReportedResult {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("ref", reference)
        json.name("source")
        json.beginObject()
        json.member("file", "b.ndjson")
        json.member("line", line)
        json.endObject()
        json.member("request_sha256", String(repeating: "ab", count: 32))
        json.member("outcome", outcome.rawValue)
        json.name("response")
        json.beginObject()
        if outcome == .accepted {
            json.member("client_id", "c\(line)")
            json.member("client_secret", secret)
            json.member("client_name", name)
            json.member("org_name", "The \(name) Organisation")
        } else {
            json.member("error", "invalid_client_metadata")
        }
        json.endObject()
        json.name("findings")
        json.beginArray()
        if let rule {
            json.beginObject()
            json.member("rule", rule)
            json.member("severity", outcome == .deferred ? "deferral" : "error")
            json.member("source", "s")
            json.member("message", "the message of \(rule)")
            json.member("value", value)
            json.member("remedy", "the remedy of \(rule)")
            json.endObject()
        }
        json.endArray()
        json.name("evidence")
        json.beginObject()
        if let organisation { json.member("org_id", organisation) }
        json.member("environment", "sandbox")
        json.member("snapshot", 7)
        json.member("keys_fetched_at", keysFetchedAt)
        json.member("decided_at", decidedAt)
        if !overrides.isEmpty { json.member("overrides", [overrides]) }
        json.endObject()
        json.endObject()
        let document = JSONDocument(limits: .result)
        try document.parse(buffer.all)
        guard let result = ReportedResult(document.root) else { throw CancellationError() }
        return result
    }

    static func facts() -> ReportFacts {
        var facts = ReportFacts(subject: "b.ndjson", environment: "sandbox", writtenAt: 1_795_341_700)
        facts.words = { "what \($0) asks" }
        facts.keyLimit = 72 * 3600
        return facts
    }

    static func page(_ tally: ReportTally, _ facts: ReportFacts = facts()) -> String {
        let buffer = ByteBuffer()
        ReportPage(facts, tally).write(to: buffer)
        return buffer.all.string
    }
}
