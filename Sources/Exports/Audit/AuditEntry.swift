package import Encoding
package import Ledger

/// One line of the audit trail, read for export: its place in the chain, and what it says.
package struct AuditEntry {
    /// The line as the ledger has it.
    package let line: AuditLine
    /// What it says; valid as long as the entry.
    package let record: JSONValue
    /// The event it is of; nil for one this version does not know.
    package let event: AuditEvent?
    /// Keeps the text that `record` reads.
    private let document: JSONDocument

    /// Reads a line.
    package init(_ line: AuditLine) {
        self.line = line
        document = JSONDocument(limits: .record)
        // What does not parse was changed by hand: it is exported as it is, and verification names it.
        do throws(JSONError) { try document.parse(ByteSlice(line.text)) } catch {}
        record = document.root
        event = record["event"]?.text.flatMap { AuditEvent(rawValue: $0.string) }
    }

    /// The event's name as written.
    package var name: String { text("event") ?? "unknown" }

    /// A member that is a string, of the record or of the evidence in it.
    package func text(_ name: StaticString) -> String? {
        (record[name] ?? record["evidence"]?[name])?.text.map(\.string)
    }

    /// The rules a request broke, or that it is about.
    package var rules: [String] {
        var rules: [String] = []
        record["rules"]?.forEachElement { rule in
            if let text = rule.text { rules.append(text.string) }
        }
        return rules
    }

    /// The user id that acted.
    package var userID: Int64? { record["actor"]?["uid"]?.integer ?? record["uid"]?.integer }

    /// The name an operator gave.
    package var userName: String? { text("by") }

    /// What it is about, in a few words: the rule, the client, the software, what an operator named.
    package var detail: String {
        let parts: [(String, String?)] = [
            ("by", text("rule")), ("client", text("client_id")), ("software", text("software_id")),
            ("of", text("subject")), ("for", text("reason")),
        ]
        return parts.compactMap { word, value in value.map { "\(word) \($0)" } }.joined(separator: ", ")
    }

    /// What was done or refused, in one sentence.
    package var message: String {
        let words = event?.meaning ?? name
        return detail.isEmpty ? words : "\(words): \(detail)"
    }
}
