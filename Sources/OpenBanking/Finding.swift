/// One broken rule, told so that a person can act on it.
package struct Finding: Sendable, Equatable {
    package var rule: RuleID
    package var severity: Severity
    /// The error code the rule reports, or nil where it never makes one.
    package var code: OAuthErrorCode?
    /// The HTTP status the gateway replays where this finding decides: 400 but for what a rule says of itself.
    package var status: Int
    /// Where the rule comes from: document and clause.
    package var source: String
    /// What is wrong, in one sentence.
    package var message: String
    /// The offending value, escaped and cut, or nil where there is none.
    package var value: String?
    /// What to do about it.
    package var remedy: String

    package init(
        rule: RuleID,
        severity: Severity,
        code: OAuthErrorCode?,
        source: String,
        message: String,
        value: String?,
        remedy: String,
        status: Int = 400
    ) {
        self.rule = rule
        self.severity = severity
        self.code = code
        self.source = source
        self.message = message
        self.value = value
        self.remedy = remedy
        self.status = status
    }
}
