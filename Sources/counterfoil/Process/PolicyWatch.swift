import Encoding
import Ledger

/// Notices that what is accepted is configured otherwise than at the pass before, and tells the audit setting by setting.
struct PolicyWatch {
    /// Where the ledger keeps the settings of the last pass.
    static let name = "policy_in_force"

    let settings: SettingsInForce

    /// Compares with what was in force; the first time everything is new, and only that is said.
    func note(in ledger: Ledger, at now: UnixTime) throws(LedgerError) {
        let text = settings.text
        let before = try ledger.read(at: now) { group throws(LedgerError) in try group.meta.value(Self.name) }
        guard before != text else { return }
        let known = before.map { SettingsInForce(text: $0) }
        let changes = known?.changes(to: settings) ?? []
        // An earlier version kept them in another order.
        let isNews = known == nil || !changes.isEmpty
        try ledger.group(at: now) { group throws(LedgerError) in
            if isNews { try group.append(audit: line(changes, isFirst: before == nil)) }
            try group.meta.set(Self.name, text)
        }
    }

    private func line(_ changes: [SettingsInForce.Change], isFirst: Bool) -> String {
        let buffer = ByteBuffer(capacity: 1024)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("event", AuditEvent.policyChanged.rawValue)
        json.member("subject", isFirst ? "first pass" : changes.map(\.key).joined(separator: ", "))
        json.name("settings")
        json.beginArray()
        for change in changes {
            json.beginObject()
            json.member("key", change.key)
            json.member("from", change.from)
            json.member("to", change.to)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return buffer.all.string
    }
}
