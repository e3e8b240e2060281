import ArgumentParser
import Encoding
import OpenBanking
import Operations

/// A rule named on the command line.
struct RuleArgument: ExpressibleByArgument {
    let entry: RuleEntry

    init?(argument: String) {
        guard let id = RuleID(name: argument.uppercased()), let entry = RuleEntry.of(id) else { return nil }
        self.entry = entry
    }

    /// The rule of this name; where there is none, a failure that names the nearest.
    static func entry(_ text: String) throws(Failure) -> RuleEntry {
        if let rule = RuleArgument(argument: text) { return rule.entry }
        let advice = RuleID.nearest(to: text).map { "; did you mean \($0.name)?" } ?? ""
        let message = UserMessage(
            "rules",
            "there is no rule \"\(Printable.text(text))\"\(advice)",
            remedy: "list them all: counterfoil rules"
        )
        throw Failure(message, name: "unknown_rule", .usage)
    }

    /// Whether a word looks like a rule, be there one or not.
    static func isRule(_ text: String) -> Bool {
        let digits = text.dropFirst(2)
        return text.uppercased().hasPrefix("R-") && (1...4).contains(digits.count) && digits.allSatisfy(\.isNumber)
    }
}
