import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules

/// Writes the audit line of one decision: what was decided, for whom, on which evidence (rule R-160).
///
/// Never a secret.
struct AuditText {
    private let text = ByteBuffer(capacity: 1024)

    /// Returns the line as JSON text; it holds until the next.
    func line(_ item: Decider.Case, _ decision: Decision) -> ByteSlice {
        text.removeAll()
        var json = JSONWriter(text)
        json.beginObject()
        json.member("event", Self.event(item.judgement.operation, decision).rawValue)
        json.member("request_sha256", item.judgement.digest.hex)
        json.member("result", item.resultPath(decision.outcome))
        if let line = item.line { json.member("line", Int64(line)) }
        if let clientID = decision.clientID { json.member("client_id", clientID) }
        if let client = item.judgement.client {
            json.member("software_id", client.softwareID)
            json.member("org_id", client.organisationID)
        }
        if let rule = decision.rule { json.member("rule", rule.name) }
        let broken = item.judgement.verdict.findings.filter { $0.severity == .error }.map(\.rule)
        list("rules", broken, to: &json)
        list("relaxed", decision.relaxed, to: &json)
        if let evidence = ResultDocument.evidence(in: decision.text) {
            json.name("time_basis")
            json.string(item.judgement.isByReceipt ? "received-at" : "arrival")
            json.name("evidence")
            json.raw(evidence)
        }
        json.endObject()
        return text.all
    }

    private func list(_ name: StaticString, _ rules: [RuleID], to json: inout JSONWriter) {
        guard !rules.isEmpty else { return }
        json.name(name)
        json.beginArray()
        for rule in rules { json.string(rule.name) }
        json.endArray()
    }

    private static func event(_ operation: Operation, _ decision: Decision) -> AuditEvent {
        guard decision.outcome == .accepted else {
            return decision.outcome == .malformed ? .requestMalformed : .requestRejected
        }
        switch operation {
        case .register: return decision.isMigrated ? .clientMigrated : .clientIssued
        case .update: return .clientUpdated
        case .delete: return .clientDeleted
        case .read: return .clientRead
        }
    }
}
