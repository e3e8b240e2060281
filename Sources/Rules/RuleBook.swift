package import OpenBanking

/// The rules in force for one policy: every table joined in numeric order, severities resolved, switched-off rules left out.
package struct RuleBook: Sendable {
    struct Active: Sendable {
        let rule: Rule
        let severity: Severity
    }

    /// What judging a request goes through, beside `active`: no more than it needs, so that a step copies one reference.
    private struct Step: Sendable {
        let needs: Reached
        let check: @Sendable (Evidence) -> Fault?
    }

    let active: [Active]
    private let steps: [Step]

    /// The rules in force, in numeric order.
    package var ids: [RuleID] { active.map(\.rule.id) }

    /// Every rule that looks at a request, in numeric order.
    package static let all: [Rule] =
        (framingRules + headerRules + requestClaimRules + cibaRules + metadataRules + statementClaimRules
        + statementSignatureRules + requestSignatureRules + requestTimeRules + redirectRules + scopeRules
        + certificateFormRules + certificateBindingRules + manualRules
        + credentialRules)
        .sorted { $0.id < $1.id }

    /// Returns the book for a policy; overrides of rules that are not configurable are ignored here and reported by `config check`.
    package init(_ policy: Policy) {
        active = Self.all.compactMap { rule in
            let severity = (rule.isConfigurable ? policy.overrides[rule.id] : nil) ?? Self.severity(of: rule, policy)
            return severity == .off ? nil : Active(rule: rule, severity: severity)
        }
        steps = active.map { Step(needs: $0.rule.needs, check: $0.rule.check) }
    }

    /// A rule's own severity, on the side the bank takes; that of test software is a setting of its own.
    private static func severity(of rule: Rule, _ policy: Policy) -> Severity {
        if rule.id == .softwareMode, policy.refusesTestSoftware { return .error }
        return policy.isStrict ? rule.strictSeverity : rule.severity
    }

    /// The finding of a rule: the bank's own where it is about the bank's template, and 401 where the bank answers a wrong
    /// certificate as a failed authentication.
    private static func finding(_ entry: Active, _ fault: Fault, _ evidence: Evidence) -> Finding {
        let finding = entry.rule.finding(fault, severity: entry.severity)
        guard finding.severity == .error else { return finding }
        if evidence.has(.manual), BankTemplate.answers(for: entry.rule.id) { return BankTemplate.finding(finding) }
        guard evidence.policy.certificateStatus == 401, CertificateAnswer.rules.contains(entry.rule.id) else {
            return finding
        }
        var answered = finding
        (answered.code, answered.status) = (nil, 401)
        return answered
    }

    /// Looks at one request through every rule whose inputs were reached.
    ///
    /// With `listsUnreached` it also lists the rules that could not be asked, for `explain`.
    package func judge(_ evidence: Evidence, listsUnreached: Bool = false) -> Verdict {
        var findings: [Finding] = []
        var wanted: [WantedKey] = []
        var notReached: [RuleID] = []
        var relaxations: [Relaxation] = []
        // By a span, so that a step is looked at where it lies and nothing of it is counted.
        let steps = steps.span
        for position in steps.indices {
            guard evidence.has(steps[position].needs) else {
                if listsUnreached { notReached.append(active[position].rule.id) }
                continue
            }
            guard var fault = steps[position].check(evidence) else { continue }
            if evidence.mode == .migration {
                let rule = active[position].rule
                guard let left = Relaxing.fault(fault, rule, evidence, &relaxations) else { continue }
                fault = left
            }
            findings.append(Self.finding(active[position], fault, evidence))
            wanted.append(contentsOf: fault.wanted)
        }
        var verdict = Verdict(
            outcome: Verdict.outcome(of: findings),
            findings: Self.inOrder(findings),
            notReached: notReached,
            wanted: wanted
        )
        verdict.relaxations = relaxations
        return verdict
    }

    /// In numeric order, which only findings about the bank's template leave.
    private static func inOrder(_ findings: [Finding]) -> [Finding] {
        guard findings.contains(where: { $0.rule == .bankTemplate }) else { return findings }
        return findings.enumerated().sorted { ($0.element.rule, $0.offset) < ($1.element.rule, $1.offset) }
            .map(\.element)
    }
}
