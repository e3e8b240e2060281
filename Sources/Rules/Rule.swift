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
    /// How severe it is where the bank takes the strict side of the specification (`policy.strict`).
    package let strictSeverity: Severity
    /// False where the rule is a safety rule that configuration cannot weaken.
    package let isConfigurable: Bool
    /// What must have been reached for the check to make sense.
    package let needs: Reached
    /// What to do about a finding, in plain words.
    package let remedy: String
    /// The HTTP status a gateway replays where the rule decides: 400, 405 for an operation that is not offered, 500 for what
    /// the bank's own gateway, portal or template got wrong.
    package let status: Int
    /// The settings it obeys, by their paths in the configuration.
    package let settings: [String]
    /// Why the rule is as it is, where banks or documents have it otherwise.
    package let note: String?
    package let check: @Sendable (Evidence) -> Fault?

    package init(
        _ id: RuleID,
        _ statement: String,
        source: String,
        reports code: OAuthErrorCode?,
        severity: Severity = .error,
        strictly: Severity? = nil,
        configurable: Bool = true,
        needs: Reached,
        status: Int = 400,
        settings: [String] = [],
        note: String? = nil,
        remedy: String,
        check: @escaping @Sendable (Evidence) -> Fault?
    ) {
        self.id = id
        self.statement = statement
        self.source = source
        self.code = code
        self.severity = severity
        strictSeverity = strictly ?? severity
        self.isConfigurable = configurable
        self.needs = needs
        self.remedy = remedy
        self.status = status
        self.settings = settings
        self.note = note
        self.check = check
    }

    /// Returns the finding for a fault of this rule under the severity in force.
    ///
    /// What the bank raised to an error answers `invalid_client_metadata` where the rule has no code of its own.
    package func finding(_ fault: Fault, severity: Severity) -> Finding {
        let severity = fault.wanted.isEmpty ? severity.tempered(by: fault.severity) : .deferral
        let raised: OAuthErrorCode? = severity == .error && status == 400 ? .invalidClientMetadata : nil
        return Finding(
            rule: id,
            severity: severity,
            code: fault.wanted.isEmpty ? fault.code ?? code ?? raised : nil,
            source: source,
            message: fault.message,
            value: fault.value,
            remedy: fault.remedy ?? remedy,
            status: status
        )
    }
}
