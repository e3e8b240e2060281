package import OpenBanking

/// One rule of the rule book, as a value: what must hold, where that is written, and the check that looks.
package struct Rule: Sendable {
    package let id: RuleID
    /// What must hold, in one sentence.
    package let statement: String
    /// Document and clause.
    package let source: String
    /// The error code it reports, or nil for rules that only inform or defer.
    package let code: OAuthErrorCode?
    /// How severe it is unless `policy.overrides` says otherwise.
    package let severity: Severity
    /// False where the rule is a safety rule that configuration cannot weaken.
    package let isConfigurable: Bool
    /// What must have been reached for the check to make sense.
    package let needs: Reached
    /// What to do about a finding, in plain words.
    package let remedy: String
    package let check: @Sendable (Evidence) -> Fault?

    package init(
        _ id: RuleID,
        _ statement: String,
        source: String,
        reports code: OAuthErrorCode?,
        severity: Severity = .error,
        configurable: Bool = true,
        needs: Reached,
        remedy: String,
        check: @escaping @Sendable (Evidence) -> Fault?
    ) {
        self.id = id
        self.statement = statement
        self.source = source
        self.code = code
        self.severity = severity
        self.isConfigurable = configurable
        self.needs = needs
        self.remedy = remedy
        self.check = check
    }

    /// Returns the finding for a fault of this rule under the severity in force.
    package func finding(_ fault: Fault, severity: Severity) -> Finding {
        Finding(
            rule: id,
            severity: fault.wanted.isEmpty ? severity.tempered(by: fault.severity) : .deferral,
            code: fault.wanted.isEmpty ? code : nil,
            source: source,
            message: fault.message,
            value: fault.value,
            remedy: fault.remedy ?? remedy
        )
    }
}
