import Encoding
import OpenBanking
import Rules

/// An explanation as programs read it.
enum ExplanationJSON {
    static func write(_ explanation: Explanation) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("file", explanation.file)
        json.member("request_sha256", explanation.digest)
        json.member("outcome", explanation.verdict.outcome.rawValue)
        json.member("code", explanation.verdict.primary?.code?.rawValue)
        json.member("profile", explanation.profile)
        json.member("snapshot", Int64(explanation.snapshot))
        json.member("as_of", Timestamp.rfc3339(explanation.now))
        json.member("software_id", explanation.softwareID)
        json.member("org_id", explanation.organisationID)
        json.name("findings")
        json.beginArray()
        for finding in explanation.verdict.findings { ResultDocument.write(finding, to: &json) }
        json.endArray()
        write("passed", explanation.passed, &json)
        write("not_reached", explanation.verdict.notReached, &json)
        json.name("not_reached_because")
        json.beginArray()
        for group in explanation.unreached {
            json.beginObject()
            json.member("reason", group.reason)
            write("rules", group.rules, &json)
            json.endObject()
        }
        json.endArray()
        write("relaxed", explanation.verdict.relaxations.map(\.rule), &json)
        json.member("duplicate", explanation.judged.outcome == .duplicate)
        PriorWords.write(explanation.judged, to: &json)
        json.name("keys")
        json.beginArray()
        for key in explanation.keys { write(key, &json) }
        json.endArray()
        json.name("certificate")
        if let certificate = explanation.certificate { write(certificate, &json) } else { json.null() }
        json.member("remedy", explanation.remedy)
        json.endObject()
        return buffer
    }

    private static func write(_ name: StaticString, _ rules: [RuleID], _ json: inout JSONWriter) {
        json.name(name)
        json.beginArray()
        for rule in rules { json.string(rule.name) }
        json.endArray()
    }

    private static func write(_ key: ExplainedKey, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("role", key.role)
        json.member("kid", key.kid)
        json.member("known", key.isKnown)
        json.member("verified", key.hasVerified)
        json.member("thumbprint", key.thumbprint)
        json.member("url", key.url)
        json.member("fetched_at", key.fetchedAt.map { Timestamp.rfc3339($0) })
        json.member("state", key.freshness)
        json.endObject()
    }

    private static func write(_ certificate: ExplainedCertificate, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("sha256", certificate.fingerprint)
        json.member("subject", certificate.subject)
        json.member("issuer", certificate.issuer)
        json.member("profile", certificate.profile)
        json.member("not_before", Timestamp.rfc3339(certificate.notBefore))
        json.member("not_after", Timestamp.rfc3339(certificate.notAfter))
        json.member("chain", certificate.chain)
        json.member("listed", certificate.listing)
        json.member("listed_fetched_at", certificate.fetchedAt.map { Timestamp.rfc3339($0) })
        json.member("revocation", certificate.revocation)
        json.endObject()
    }
}
