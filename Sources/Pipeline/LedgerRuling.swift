import OpenBanking
import Rules

/// Applies the ledger's rules under a policy.
enum LedgerRuling {
    /// Returns every finding of the ledger's rules, in table order.
    static func findings(_ evidence: LedgerEvidence, _ policy: Policy) -> [Finding] {
        ledgerRules.compactMap { rule in
            let severity = severity(of: rule, policy)
            guard severity != .off, let fault = rule.check(evidence, policy) else { return nil }
            return Finding(
                rule: rule.id,
                severity: severity,
                code: rule.code,
                source: rule.source,
                message: fault.message,
                value: fault.value,
                remedy: fault.remedy ?? rule.remedy,
                status: rule.id == .clientOwner ? policy.foreignClientStatus : rule.status
            )
        }
    }

    /// True where a rule is not switched off.
    static func isActive(_ id: RuleID, _ policy: Policy) -> Bool {
        ledgerRules.contains { $0.id == id && severity(of: $0, policy) != .off }
    }

    private static func severity(of rule: LedgerRule, _ policy: Policy) -> Severity {
        (rule.isConfigurable ? policy.overrides[rule.id] : nil) ?? rule.severity
    }
}
