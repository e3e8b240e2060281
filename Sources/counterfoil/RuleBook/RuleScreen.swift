import Encoding
import OpenBanking
import Operations

/// The rule book as people and programs read it.
enum RuleScreen {
    /// One line per rule.
    static func table(_ rules: [RuleEntry]) -> String {
        var table = TextTable(columns: [.left, .left, .left])
        for rule in rules { table.add([rule.id.name, rule.severity.rawValue, rule.statement]) }
        return table.text
    }

    /// One rule in full.
    static func text(_ rule: RuleEntry) -> String {
        var table = TextTable(columns: [.left, .left], indent: 2)
        table.add(["source", rule.source])
        table.add([
            "severity", rule.severity.rawValue + (rule.isConfigurable ? ", policy.overrides may change it" : ", fixed"),
        ])
        let status = rule.status == 400 ? "" : ", answered \(rule.status)"
        table.add(["reports", (rule.code?.rawValue ?? "no error code") + status])
        table.add(["judged", judged(rule.kind)])
        table.add([rule.kind == .structure ? "kept by" : "remedy", rule.remedy])
        if !rule.settings.isEmpty { table.add(["settings", rule.settings.joined(separator: ", ")]) }
        if let note = rule.note { table.add(["note", note]) }
        return "\(rule.id.name)  \(rule.statement)\n\(table.text)"
    }

    /// `{"v":1,"rules":[…]}`.
    static func json(_ rules: [RuleEntry]) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.name("rules")
        json.beginArray()
        for rule in rules { write(rule, &json) }
        json.endArray()
        json.endObject()
        return buffer
    }

    private static func write(_ rule: RuleEntry, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("rule", rule.id.name)
        json.member("statement", rule.statement)
        json.member("source", rule.source)
        json.member("severity", rule.severity.rawValue)
        json.member("code", rule.code?.rawValue)
        json.member("configurable", rule.isConfigurable)
        json.member("judged", rule.kind.rawValue)
        json.member("remedy", rule.remedy)
        json.name("settings")
        json.beginArray()
        for setting in rule.settings { json.string(setting) }
        json.endArray()
        json.member("note", rule.note)
        json.endObject()
    }

    private static func judged(_ kind: RuleEntry.Kind) -> String {
        switch kind {
        case .request: "for each request"
        case .ledger: "for each request, against what was issued before"
        case .structure: "never: the program is made so that it holds"
        }
    }
}
