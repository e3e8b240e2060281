import OpenBanking

/// The bank's own metadata for manual registrations: what is wrong with it is the bank's fault, not the TPP's (rule R-154).
enum BankTemplate {
    static let statement = "the bank's template passes R-023 to R-036 and R-042 to R-054"

    /// True for the rules about metadata that the template alone fills in; redirect URIs are the portal's.
    static func answers(for rule: RuleID) -> Bool {
        (RuleID.authenticationMethodForm ... .subjectDNForm).contains(rule)
            || (RuleID.cibaVersion ... .codeAlone).contains(rule)
    }

    /// The same finding, as one about the template.
    static func finding(_ finding: Finding) -> Finding {
        Finding(
            rule: .bankTemplate,
            severity: .error,
            code: nil,
            source: finding.source,
            message: "the bank's template breaks \(finding.rule.name): \(finding.message)",
            value: finding.value,
            remedy: "Nothing for the TPP to do. Mend policy.mcr in the configuration, or what the bank supports.",
            status: 500
        )
    }
}
