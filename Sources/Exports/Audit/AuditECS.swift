import Crypto
import Encoding
import Ledger

/// The audit trail for Elastic: ECS 8.11 names where there are some, our record below `counterfoil`.
enum AuditECS {
    static func write(_ entry: AuditEntry, to buffer: ByteBuffer) {
        let kind = AuditClass.of(entry.event)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("@timestamp", Timestamp.rfc3339(entry.line.at))
        json.name("ecs")
        json.beginObject()
        json.member("version", "8.11.0")
        json.endObject()
        json.member("message", entry.message)
        json.name("event")
        json.beginObject()
        json.member("kind", "event")
        list("category", kind.category, to: &json)
        list("type", kind.type, to: &json)
        json.member("action", entry.name)
        json.member("outcome", entry.event.map { $0.isSuccess ? "success" : "failure" } ?? "unknown")
        json.member("provider", "counterfoil")
        json.member("dataset", "counterfoil.audit")
        json.member("sequence", entry.line.number)
        json.member("hash", entry.line.hash.hex)
        if let reason = entry.text("why") ?? entry.text("reason") { json.member("reason", reason) }
        json.endObject()
        object("host", [("name", entry.text("host"))], to: &json)
        object("user", [("id", entry.userID.map { String($0) }), ("name", entry.userName)], to: &json)
        object("rule", [("id", entry.text("rule"))], to: &json)
        object("organization", [("id", entry.text("org_id"))], to: &json)
        if let fingerprint = entry.text("certificate_sha256") {
            json.name("tls")
            json.beginObject()
            json.name("client")
            json.beginObject()
            object("hash", [("sha256", fingerprint.uppercased())], to: &json)
            json.endObject()
            json.endObject()
        }
        json.name("counterfoil")
        json.value(entry.record)
        json.endObject()
    }

    private static func list(_ name: StaticString, _ value: StaticString, to json: inout JSONWriter) {
        json.name(name)
        json.beginArray()
        json.string(value)
        json.endArray()
    }

    /// Writes an object of the members that are there; nothing where none is.
    private static func object(_ name: StaticString, _ members: [(StaticString, String?)], to json: inout JSONWriter) {
        guard members.contains(where: { $0.1 != nil }) else { return }
        json.name(name)
        json.beginObject()
        for (name, value) in members {
            guard let value else { continue }
            json.member(name, value)
        }
        json.endObject()
    }
}
