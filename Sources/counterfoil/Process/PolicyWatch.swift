import Encoding
import Ledger
import Operations

/// Notices that what is accepted is configured otherwise than at the pass before, and tells the audit setting by setting.
struct PolicyWatch {
    /// What decides on acceptance; nothing among it is secret.
    private static let sections = ["environment", "directory.", "trust.", "process.limits.", "policy.", "results."]
    /// May hold a password, or says nothing about acceptance.
    private static let left = ["directory.proxy", "directory.client_certificate", "directory.client_key"]
    private static let name = "policy_in_force"

    private let settings: [(key: String, value: String)]

    init(_ configuration: Configuration) {
        settings = configuration.entries.compactMap { entry in
            guard let value = entry.value, !Self.left.contains(entry.path),
                Self.sections.contains(where: { entry.path == $0 || entry.path.hasPrefix($0) })
            else { return nil }
            return (entry.path, value.yaml)
        }
    }

    /// Compares with what was in force; the first time everything is new, and only that is said.
    func note(in ledger: Ledger, at now: UnixTime) throws(LedgerError) {
        let text = settings.map { "\($0.key): \($0.value)" }.joined(separator: "\n")
        let before = try ledger.read(at: now) { group throws(LedgerError) in try group.meta.value(Self.name) }
        guard before != text else { return }
        try ledger.group(at: now) { group throws(LedgerError) in
            try group.append(audit: line(since: before))
            try group.meta.set(Self.name, text)
        }
    }

    private func line(since before: String?) -> String {
        let buffer = ByteBuffer(capacity: 1024)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("event", AuditEvent.policyChanged.rawValue)
        let known = Self.values(before ?? "")
        let changed = before == nil ? [] : settings.filter { known[$0.key] != $0.value }
        json.member("subject", before == nil ? "first pass" : changed.map(\.key).joined(separator: ", "))
        json.name("settings")
        json.beginArray()
        for setting in changed {
            json.beginObject()
            json.member("key", setting.key)
            json.member("from", known[setting.key])
            json.member("to", setting.value)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return buffer.all.string
    }

    private static func values(_ text: String) -> [String: String] {
        var values: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let end = line.firstRange(of: ": ") else { continue }
            values[String(line[..<end.lowerBound])] = String(line[end.upperBound...])
        }
        return values
    }
}
