package import OpenBanking

/// A rule that holds by construction: a part of the program, not a check of a request, keeps it.
package struct StructuralRule: Sendable {
    package let id: RuleID
    package let statement: String
    package let source: String
    package let severity: Severity
    /// What keeps it.
    package let keptBy: String

    init(_ id: RuleID, _ statement: String, source: String, severity: Severity = .error, keptBy: String) {
        self.id = id
        self.statement = statement
        self.source = source
        self.severity = severity
        self.keptBy = keptBy
    }
}

/// The rules kept by construction (rules.md 9.1, 9.7 to 9.9, 9.13 to 9.15).
package let structuralRules: [StructuralRule] = [
    StructuralRule(
        .digestUnseen,
        "the same bytes are decided once",
        source: "Counterfoil",
        severity: .info,
        keptBy: "Ledger: unique request digest in the issuing transaction; a repeat is a duplicate"
    ),
    StructuralRule(
        .presentationLive,
        "logo, policy, terms and client pages answer",
        source: "Counterfoil",
        severity: .off,
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
        keptBy: "Ledger: unique key in the issuing transaction; a repeat is a duplicate"
    ),
    StructuralRule(
        .clientToken,
        "the access token's client is the client named",
        source: "RFC 7592 section 2",
        keptBy: "the gateway, which attests the record"
    ),
    StructuralRule(
        .updateKeeps,
        "an update keeps the client_id; the secret changes only with the method",
        source: "RFC 7592 section 2.2",
        severity: .info,
        keptBy: "Pipeline: updates issue no new client_id"
    ),
    StructuralRule(
        .deleteTokens,
        "a delete answers 204",
        source: "OB DCR 3.3, DELETE",
        severity: .info,
        keptBy: "Pipeline: result of a delete"
    ),
    StructuralRule(
        .manualStatement,
        "a manual registration's statement passes R-055 to R-084 with the portal's age limit",
        source: "Directory API, SSA lifetime",
        keptBy: "Rules: the statement rules judge both channels"
    ),
    StructuralRule(
        .credentialEnvironment,
        "credentials are kept apart by environment",
        source: "Directory API, software_environment",
        keptBy: "Rules: R-066; Ledger: the environment of each client"
    ),
    StructuralRule(
        .portalRedirects,
        "redirect URIs typed at the portal are the statement's",
        source: "OB DCR 3.3, redirect_uris",
        keptBy: "Rules: R-102 to R-108 judge the portal's URIs"
    ),
    StructuralRule(
        .bankTemplate,
        "the bank's template passes R-023 to R-054",
        source: "Counterfoil",
        keptBy: "Rules: the metadata rules judge the filled template"
    ),
    StructuralRule(
        .clientIDUnique,
        "a client_id is a random UUID and never used again",
        source: "RFC 7591 section 3.2.1",
        keptBy: "Ledger: unique client_id, deleted ones stay"
    ),
    StructuralRule(
        .clientSecret,
        "only secret methods get a secret, of at least 128 random bits",
        source: "RFC 6749 section 10.10",
        keptBy: "Pipeline: credentials; RegistrationResponse"
    ),
    StructuralRule(
        .resultForm,
        "an accepted result carries the RFC 7591 response",
        source: "RFC 7591 section 3.2.1",
        keptBy: "OpenBanking: RegistrationResponse"
    ),
    StructuralRule(
        .errorForm,
        "a refusal carries one of four codes and a short ASCII description",
        source: "RFC 7591 section 3.2.2",
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
