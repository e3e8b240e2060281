import OpenBanking

@testable import Rules

/// What must come of a mutant, by the rule book and not by the rules: the outcome, and who speaks.
struct Expected: Equatable, Sendable {
    let outcomes: Set<Outcome>
    /// Exactly these speak as errors or wait; nil where `anyOf` says enough.
    let rules: Set<RuleID>?
    /// At least one of these speaks.
    let anyOf: Set<RuleID>

    /// Nothing checked has changed.
    static let accepted = Expected(outcomes: [.accepted], rules: [], anyOf: [])

    /// Refused by exactly these.
    static func refused(_ rules: RuleID...) -> Expected { refused(Set(rules)) }

    /// Refused by exactly these; accepted where there are none.
    static func refused(_ rules: Set<RuleID>) -> Expected {
        rules.isEmpty ? accepted : Expected(outcomes: [.rejected], rules: rules, anyOf: [])
    }

    /// Waits for keys or lists, and for nothing else.
    static func waits(_ rules: RuleID...) -> Expected {
        Expected(outcomes: [.deferred], rules: Set(rules), anyOf: [])
    }

    /// Not readable at all.
    static func malformed(_ rules: RuleID...) -> Expected {
        Expected(outcomes: [.malformed], rules: Set(rules), anyOf: [])
    }

    /// Never accepted, whatever is said besides one of these.
    static func never(_ rules: RuleID...) -> Expected {
        Expected(outcomes: [.rejected, .malformed, .deferred], rules: nil, anyOf: Set(rules))
    }

    /// The same with a rule more.
    func and(_ rule: RuleID) -> Expected { .refused((rules ?? []).union([rule])) }

    /// True where `verdict` is what must come.
    func fits(_ verdict: Verdict) -> Bool {
        let spoke = Set(verdict.findings.filter { $0.severity == .error || $0.severity == .deferral }.map(\.rule))
        guard outcomes.contains(verdict.outcome) else { return false }
        return rules.map { $0 == spoke } ?? !anyOf.isDisjoint(with: spoke)
    }
}

extension Expected: CustomStringConvertible {
    var description: String {
        let names = (rules ?? anyOf).sorted().map(\.name).joined(separator: ", ")
        return "\(outcomes.map(\.rawValue).sorted().joined(separator: " or ")) [\(names)]"
    }
}
