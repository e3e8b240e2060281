import OpenBanking
import Operations

/// What the report says in sentences.
enum ReportWords {
    /// The one sentence somebody reads who reads no other.
    static func headline(_ facts: ReportFacts, _ tally: ReportTally) -> String {
        let (total, accepted) = (tally.total, tally.count(.accepted))
        let verb = facts.isRehearsal ? "would be" : (total == 1 ? "was" : "were")
        if total == 0 { return "Nothing was answered." }
        if accepted == total {
            let all = total == 1 ? "The one registration" : "All \(Figure.count(total)) registrations"
            return "\(all) \(verb) accepted."
        }
        if accepted == 0 {
            return "None of \(Figure.plural(total, "registration", "registrations")) \(verb) accepted."
        }
        return "\(Figure.count(accepted)) of \(Figure.plural(total, "registration", "registrations")) \(verb) accepted."
    }

    /// The counts besides the accepted ones, in one sentence.
    static func others(_ tally: ReportTally) -> String {
        var parts: [String] = []
        func add(_ outcome: Outcome, _ one: String, _ many: String) {
            let count = tally.count(outcome)
            if count > 0 { parts.append("\(Figure.count(count)) \(count == 1 ? one : many)") }
        }
        add(.rejected, "was refused", "were refused")
        add(.deferred, "waits for keys and is tried again by itself", "wait for keys and are tried again by themselves")
        add(.malformed, "could not be read", "could not be read")
        add(.duplicate, "had been answered before", "had been answered before")
        guard let last = parts.popLast() else { return "" }
        return parts.isEmpty ? "\(last)." : "\(parts.joined(separator: ", ")) and \(last)."
    }

    /// How old the keys were that decided: what an auditor asks first.
    static func keys(_ facts: ReportFacts, _ tally: ReportTally) -> String {
        guard let age = tally.keyAge else { return "No decision rested on a key of the directory." }
        let limit = facts.keyLimit.map { "; keys may be used for \(Age.text(seconds: $0))" } ?? ""
        return "The oldest keys that decided were \(Age.text(seconds: age.upperBound)) old\(limit)."
    }

    /// What an outcome is called on a card.
    static func name(_ outcome: Outcome) -> String {
        switch outcome {
        case .accepted: "accepted"
        case .rejected: "refused"
        case .malformed: "not readable"
        case .deferred: "waiting for keys"
        case .duplicate: "answered before"
        }
    }

    /// A share in per cent, never rounded to all or to nothing.
    static func share(_ part: Int, of total: Int) -> String {
        guard total > 0, part > 0 else { return "0\u{A0}%" }
        if part == total { return "100\u{A0}%" }
        let tenths = part * 1000 / total
        if tenths == 0 { return "< 0.1\u{A0}%" }
        if tenths >= 999 { return "> 99.8\u{A0}%" }
        return tenths % 10 == 0 || tenths >= 100
            ? "\((tenths + 5) / 10)\u{A0}%" : "\(tenths / 10).\(tenths % 10)\u{A0}%"
    }
}
