import Crypto
import Encoding
import Ledger

/// The audit trail in OCSF 1.1: Entity Management, class 3004 of category 3; our record below `unmapped`.
enum AuditOCSF {
    private static let category = 3
    private static let classNumber = 3004

    static func write(_ entry: AuditEntry, version: String, to buffer: ByteBuffer) {
        let kind = AuditClass.of(entry.event)
        let isSuccess = entry.event?.isSuccess
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("category_uid", category)
        json.member("category_name", "Identity & Access Management")
        json.member("class_uid", classNumber)
        json.member("class_name", "Entity Management")
        json.member("activity_id", kind.activity)
        json.name("activity_name")
        json.string(kind.activityName)
        json.member("type_uid", classNumber * 100 + kind.activity)
        json.member("time", entry.line.at * 1000)
        json.member("severity_id", kind.severity.ocsf)
        json.name("severity")
        json.string(kind.severity.name)
        json.member("status_id", isSuccess.map { $0 ? 1 : 2 } ?? 0)
        json.member("status", isSuccess.map { $0 ? "Success" : "Failure" } ?? "Unknown")
        if let rule = entry.text("rule") { json.member("status_code", rule) }
        json.member("message", entry.message)
        if let why = entry.text("why") { json.member("comment", why) }
        writeMetadata(entry, version, to: &json)
        writeActor(entry, to: &json)
        json.name("entity")
        json.beginObject()
        json.name("type")
        json.string(kind.entity)
        json.member("uid", entry.text("client_id") ?? entry.text("subject") ?? entry.text("request_sha256") ?? "")
        if let software = entry.text("software_id") { json.member("name", software) }
        json.endObject()
        if let host = entry.text("host") {
            json.name("device")
            json.beginObject()
            json.member("hostname", host)
            json.member("type_id", 1)
            json.endObject()
        }
        json.name("unmapped")
        json.value(entry.record)
        json.endObject()
    }

    private static func writeMetadata(_ entry: AuditEntry, _ version: String, to json: inout JSONWriter) {
        json.name("metadata")
        json.beginObject()
        json.member("version", "1.1.0")
        json.name("product")
        json.beginObject()
        json.member("name", "Counterfoil")
        json.member("vendor_name", "Counterfoil")
        json.member("version", version)
        json.endObject()
        json.member("event_code", entry.name)
        json.member("log_name", "audit")
        json.member("sequence", entry.line.number)
        json.member("uid", entry.line.hash.hex)
        json.endObject()
    }

    private static func writeActor(_ entry: AuditEntry, to json: inout JSONWriter) {
        guard let id = entry.userID else { return }
        json.name("actor")
        json.beginObject()
        json.name("user")
        json.beginObject()
        json.member("uid", String(id))
        if let name = entry.userName { json.member("name", name) }
        json.endObject()
        json.endObject()
    }
}
