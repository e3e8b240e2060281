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

    /// Returns the line as JSON text.
    func line(_ item: Decider.Case, _ decision: Decision) -> String {
        text.removeAll()
        var json = JSONWriter(text)
        json.beginObject()
        json.member("event", Self.event(item.judgement.operation, decision))
        json.member("request_sha256", item.judgement.digest.hex)
        json.member("result", item.resultPath(decision.outcome))
        if let line = item.line { json.member("line", Int64(line)) }
        if let clientID = decision.clientID { json.member("client_id", clientID) }
        if let client = item.judgement.client {
            json.member("software_id", client.softwareID)
            json.member("org_id", client.organisationID)
            json.member("environment", client.environment.rawValue)
            if let fingerprint = client.certificateFingerprint { json.member("certificate_sha256", fingerprint) }
        }
        if let rule = decision.rule { json.member("rule", rule.name) }
        if !decision.relaxed.isEmpty {
            json.name("relaxed")
            json.beginArray()
            for rule in decision.relaxed { json.string(rule.name) }
            json.endArray()
        }
        json.member("snapshot", Int64(item.trust.generation))
        json.member("tls_possession", item.judgement.possession.rawValue)
        json.endObject()
        return text.all.string
    }

    private static func event(_ operation: Operation, _ decision: Decision) -> String {
        guard decision.outcome == .accepted else {
            return decision.outcome == .malformed ? "request.malformed" : "request.rejected"
        }
        switch operation {
        case .register: return decision.isMigrated ? "client.migrated" : "client.issued"
        case .update: return "client.updated"
        case .delete: return "client.deleted"
        case .read: return "client.read"
        }
    }
}
