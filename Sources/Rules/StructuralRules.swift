package import OpenBanking

/// A rule that holds by construction: a part of the program, not a check of a request, keeps it.
package struct StructuralRule: Sendable {
    package let id: RuleID
    package let statement: String
    package let source: String
    package let severity: Severity
    /// What keeps it.
    package let keptBy: String
    /// The settings it obeys, by their paths in the configuration.
    package let settings: [String]
    /// Why the rule is as it is, where banks or documents have it otherwise.
    package let note: String?

    init(
        _ id: RuleID,
        _ statement: String,
        source: String,
        severity: Severity = .error,
        settings: [String] = [],
        note: String? = nil,
        keptBy: String
    ) {
        self.id = id
        self.statement = statement
        self.source = source
        self.severity = severity
        self.keptBy = keptBy
        self.settings = settings
        self.note = note
    }
}

/// The rules kept by construction.
package let structuralRules: [StructuralRule] = [
    StructuralRule(
        .digestUnseen,
        "the same bytes are decided once",
        source: "Counterfoil",
        severity: .info,
        note: "Not a choice: without it a second drop of the same file would issue a second client.",
        keptBy: "Ledger: unique request digest in the issuing transaction; a repeat is a duplicate"
    ),
    StructuralRule(
        .presentationLive,
        "logo, policy, terms and client pages answer",
        source: "Counterfoil",
        severity: .off,
        note: "Not a choice: a verdict must not depend on the network.",
        keptBy: "nobody: a request is never judged by what the network says at that moment"
    ),
    StructuralRule(
        .statementReread,
        "unverified claims choose only which keys to try",
        source: "RFC 8725 section 3.3",
        keptBy: "Rules: the examiner reads a statement's URLs after its signature verified"
    ),
    StructuralRule(
        .keyCandidates,
        "keys that share a kid are each tried, at most four",
        source: "RFC 7517 section 4.5",
        severity: .info,
        keptBy: "JOSE: key set look-up"
    ),
    StructuralRule(
        .replay,
        "(iss, jti) is used once, reserved after the signature verified",
        source: "RFC 7519 section 4.1.7",
        note: "Not a choice: what was issued once is not issued twice.",
        keptBy: "Ledger: unique key in the issuing transaction; a repeat is a duplicate"
    ),
    StructuralRule(
        .clientToken,
        "the access token's client is the client named",
        source: "RFC 7592 section 2",
        note: "Only the gateway sees the access token; a record that it delivers says that it looked.",
        keptBy: "the gateway, which attests the record"
    ),
    StructuralRule(
        .updateKeeps,
        "an update keeps the client_id; the secret changes only with the method",
        source: "RFC 7592 section 2.2",
        severity: .info,
        note: "Not a choice: tokens of a client outlive its update.",
        keptBy: "Pipeline: updates issue no new client_id"
    ),
    StructuralRule(
        .deleteTokens,
        "a delete answers 204 and says which tokens to end",
        source: "OB DCR 3.3, DELETE",
        severity: .info,
        note: "Not a choice: a 200 with a body is not in the specification.",
        keptBy: "Pipeline: result of a delete"
    ),
    StructuralRule(
        .manualStatement,
        "a manual registration's statement passes R-055 to R-084 with the portal's age limit",
        source: "Directory API, SSA lifetime",
        settings: ["policy.ssa_max_age"],
        keptBy: "Rules: the statement rules judge both channels"
    ),
    StructuralRule(
        .portalRedirects,
        "redirect URIs typed at the portal are the statement's",
        source: "OB DCR 3.3, redirect_uris",
        note: "Severities are those of R-102 to R-108.",
        keptBy: "Rules: R-102 to R-108 judge the portal's URIs"
    ),
    StructuralRule(
        .bankTemplate,
        "the bank's template passes R-023 to R-054",
        source: "Counterfoil",
        settings: ["policy.mcr"],
        keptBy: "Rules: the metadata rules judge the filled template"
    ),
    StructuralRule(
        .resultForm,
        "an accepted result carries the RFC 7591 response",
        source: "RFC 7591 section 3.2.1",
        note: "Not a choice: consumers read it.",
        keptBy: "OpenBanking: RegistrationResponse"
    ),
    StructuralRule(
        .errorForm,
        "a refusal carries one of four codes and a short ASCII description",
        source: "RFC 7591 section 3.2.2",
        settings: ["policy.certificate_status"],
        keptBy: "OpenBanking: ResultAnswer"
    ),
    StructuralRule(
        .publishedOnce,
        "a result appears once, complete, after its transaction",
        source: "docs/ARCHITECTURE.md, Durability",
        keptBy: "Pipeline and Spool: stage, sync, commit, publish"
    ),
    StructuralRule(
        .auditLine,
        "each decision leaves its evidence in the audit",
        source: "Counterfoil",
        keptBy: "Ledger: audit rows in the issuing transaction"
    ),
]
