package import OpenBanking

/// A rule about what was issued before; judged by the committer, one request at a time.
package struct LedgerRule: Sendable {
    package let id: RuleID
    package let statement: String
    package let source: String
    package let code: OAuthErrorCode?
    package let severity: Severity
    package let isConfigurable: Bool
    /// The HTTP status a gateway replays where the rule decides: 400, or 401 for a client that is not the caller's.
    package let status: Int
    package let remedy: String
    /// The settings it obeys, by their paths in the configuration.
    package let settings: [String]
    /// Why the rule is as it is, where banks or documents have it otherwise.
    package let note: String?
    package let check: @Sendable (LedgerEvidence, Policy) -> Fault?

    init(
        _ id: RuleID,
        _ statement: String,
        source: String,
        reports code: OAuthErrorCode?,
        severity: Severity = .error,
        configurable: Bool = true,
        status: Int = 400,
        settings: [String] = [],
        note: String? = nil,
        remedy: String,
        check: @escaping @Sendable (LedgerEvidence, Policy) -> Fault?
    ) {
        self.id = id
        self.statement = statement
        self.source = source
        self.code = code
        self.severity = severity
        self.isConfigurable = configurable
        self.status = status
        self.remedy = remedy
        self.settings = settings
        self.note = note
        self.check = check
    }
}
