package import Encoding
import OpenBanking

/// The report for programs: a line for each result without its response, and a summary as the last line.
package enum ReportNDJSON {
    package static func write(_ result: ReportedResult, to buffer: ByteBuffer) {
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "result")
        json.member("source", result.file)
        if let line = result.line { json.member("line", line) }
        json.member("ref", result.reference)
        json.member("outcome", result.outcome.rawValue)
        if let status = result.status { json.member("status", status) }
        if let code = result.code { json.member("code", code) }
        if let id = result.clientID { json.member("client_id", id) }
        if let id = result.softwareID { json.member("software_id", id) }
        if let id = result.organisationID { json.member("org_id", id) }
        json.name("findings")
        json.beginArray()
        for finding in result.findings {
            json.beginObject()
            json.member("rule", finding.rule)
            json.member("severity", finding.severity)
            json.member("source", finding.source)
            json.member("message", finding.message)
            if let value = finding.value { json.member("value", value) }
            json.member("remedy", finding.remedy)
            json.endObject()
        }
        json.endArray()
        json.member("request_sha256", result.requestSHA256)
        json.member("snapshot", result.snapshot)
        json.member("decided_at", Timestamp.rfc3339(result.decidedAt))
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
    }

    /// Writes the line that ends the report: what came before it is complete.
    package static func writeEnd(_ facts: ReportFacts, _ tally: ReportTally, to buffer: ByteBuffer) {
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "summary")
        json.member("subject", facts.subject)
        json.member("environment", facts.environment)
        json.member("results", tally.total)
        json.name("outcomes")
        json.beginObject()
        for outcome in Outcome.allCases {
            json.name(outcome.rawValue)
            json.integer(tally.count(outcome))
        }
        json.endObject()
        json.name("refused_by_rule")
        json.beginObject()
        for (rule, count) in tally.rules.sorted(by: { $0.key < $1.key }) where count.decided > 0 {
            json.name(rule)
            json.integer(count.decided)
        }
        json.endObject()
        if let age = tally.keyAge { json.member("oldest_key_age", age.upperBound) }
        json.member("written_at", Timestamp.rfc3339(facts.writtenAt))
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
    }
}
