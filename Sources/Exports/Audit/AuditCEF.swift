import Crypto
import Encoding
import Ledger

/// The audit trail in ArcSight's Common Event Format, revision 0: seven fields between bars, then names and values.
enum AuditCEF {
    static func write(_ entry: AuditEntry, version: String, to buffer: ByteBuffer) {
        let kind = AuditClass.of(entry.event)
        // A refusal is classed by its rule, so that a rule can be alerted on.
        let identity = entry.event?.isSuccess == false ? entry.text("rule") ?? entry.name : entry.name
        let head = ["CEF:0", "Counterfoil", "counterfoil", version, identity, entry.event?.meaning ?? entry.name]
        buffer.append(head.map { Self.escaped($0, "|") }.joined(separator: "|"))
        buffer.append("|\(kind.severity.cef)|")
        buffer.append(fields(entry).map { "\($0)=\(escaped($1, "="))" }.joined(separator: " "))
    }

    private static func fields(_ entry: AuditEntry) -> [(String, String)] {
        var fields: [(String, String)] = [
            ("rt", String(entry.line.at * 1000)), ("externalId", String(entry.line.number)), ("act", entry.name),
            ("outcome", entry.event.map { $0.isSuccess ? "success" : "failure" } ?? "unknown"),
        ]
        let known: [(String, String?)] = [
            ("dvchost", entry.text("host")), ("suid", entry.userID.map { String($0) }), ("suser", entry.userName),
            ("reason", entry.text("why") ?? entry.text("reason")), ("fname", entry.text("result")),
        ]
        for (name, value) in known {
            if let value { fields.append((name, value)) }
        }
        let custom: [(String, String?)] = [
            ("request_sha256", entry.text("request_sha256")), ("rule", entry.text("rule")),
            ("software_id", entry.text("software_id")), ("org_id", entry.text("org_id")),
            ("client_id", entry.text("client_id")), ("hash", entry.line.hash.hex),
        ]
        for (place, (label, value)) in custom.enumerated() {
            guard let value else { continue }
            fields += [("cs\(place + 1)Label", label), ("cs\(place + 1)", value)]
        }
        return fields + [("msg", entry.message)]
    }

    /// A value with the mark of its place, backslashes and line ends escaped; other control characters become spaces.
    private static func escaped(_ text: String, _ mark: Character) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", mark: escaped += "\\\(character)"
            case "\n", "\r", "\r\n": escaped += "\\n"
            default:
                let isControl = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
                escaped.append(isControl ? " " : character)
            }
        }
        return escaped
    }
}
