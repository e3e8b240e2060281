import OpenBanking
import Testing

@testable import Rules

/// One way to break a rule: a change of a good registration, and exactly what must come of it.
struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    /// Every rule that must speak as an error or wait; no other may.
    let rules: Set<RuleID>
    let outcome: Outcome
    let start: @Sendable () throws -> Registration
    let change: @Sendable (inout Registration) throws -> Void

    /// A change that breaks a rule, and `and` those that break with it by nature.
    init(
        _ rule: RuleID,
        _ name: String,
        and companions: Set<RuleID> = [],
        _ outcome: Outcome = .rejected,
        of software: Int = Stage.plain,
        as form: Registration.Form = .record,
        _ change: @escaping @Sendable (inout Registration) throws -> Void
    ) {
        self.name = name
        rules = companions.union([rule])
        self.outcome = outcome
        start = { try Registration(software, form: form) }
        self.change = change
    }

    /// A change that breaks nothing.
    init(
        good name: String,
        of software: Int = Stage.plain,
        as form: Registration.Form = .record,
        _ change: @escaping @Sendable (inout Registration) throws -> Void = { _ in }
    ) {
        self.name = name
        rules = []
        outcome = .accepted
        start = { try Registration(software, form: form) }
        self.change = change
    }

    var testDescription: String {
        rules.isEmpty ? "holds: \(name)" : "\(rules.sorted().map(\.name).joined(separator: "+")): \(name)"
    }

    func verdict() throws -> Verdict {
        var registration = try start()
        try change(&registration)
        return try registration.verdict()
    }

    /// Asserts that exactly the expected rules speak, and how the verdict answers.
    func check() throws {
        let verdict = try verdict()
        let spoke = verdict.findings.filter { $0.severity == .error || $0.severity == .deferral }
        let told = spoke.map { "\($0.rule.name) \($0.message) [\($0.value ?? "")]" }.joined(separator: "; ")
        #expect(Set(spoke.map(\.rule)) == rules, "said: \(told)")
        #expect(verdict.outcome == outcome, "said: \(told)")
        #expect((verdict.outcome == .deferred) == !verdict.wanted.isEmpty || verdict.outcome == .rejected)
        guard let primary = verdict.primary else { return }
        #expect(RuleBookTests.codes(of: primary.rule).contains(primary.code))
        #expect(!primary.message.isEmpty && !primary.remedy.isEmpty && !primary.source.isEmpty)
    }
}
