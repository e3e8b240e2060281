package import OpenBanking

/// What is accepted; the choices the specification leaves to the bank.
package struct PolicySettings: Equatable, Sendable {
    /// Version of the Open Banking registration specification.
    package var profile = Profile.v33
    /// Take the strict side: a jti must be a UUID, claims nobody knows are errors, statements live a minute.
    package var strict = false
    /// Severities changed from the rule book, such as {R-013: error, R-003: off}; status and results say so.
    package var overrides: [Override] = []
    /// Accepted `aud` values: the bank's organisation id, its issuer URL.
    ///
    /// Empty is not compared.
    package var audiences: [String] = []
    /// Scopes accepted besides openid, accounts, payments and fundsconfirmations.
    package var scopes: [String] = []
    /// Algorithms a request may be signed with.
    package var requestAlgorithms = [Algorithm.ps256, .es256]
    /// Algorithms a software statement may be signed with.
    package var statementAlgorithms = [Algorithm.ps256, .es256]
    /// Algorithms a client may register for its own tokens and objects.
    package var metadataAlgorithms = [Algorithm.ps256, .es256]
    /// Hold clients to the FAPI profile: authentication by private_key_jwt or tls_client_auth.
    package var fapi = true
    /// Client authentication methods offered.
    package var authMethods = [AuthenticationMethod.privateKeyJWT, .tlsClientAuth]
    /// Grant types offered.
    package var grantTypes = [GrantType.authorizationCode, .clientCredentials, .refreshToken, .ciba]
    /// Response types offered.
    package var responseTypes = [ResponseType.code, .codeIDToken]
    /// Application types taken.
    package var applicationTypes = ApplicationType.allCases
    /// The state whose authorisations count in organisation_competent_authority_claims.
    package var memberState = "GB"
    /// How old a software statement may be when its request was received.
    package var ssaMaxAge = StatementAges()
    /// Longest time from `iat` to `exp` of a request.
    package var requestMaxLifetime = Interval.hours(1)
    /// How far clocks may differ.
    package var clockSkew = Interval.seconds(60)
    /// When a request counts as received: when it arrived here, or by `received_at` of an attested record.
    package var timeBasis = TimeBasis.arrival
    /// Whose key set may hold the key a request is signed with.
    package var requestKeys = RequestKeys.software
    /// Kinds of transport certificate accepted.
    package var certificateProfiles = CertificateProfileSettings()
    /// Whose key set must hold the transport certificate; chain-only asks for the chain alone, off for neither.
    package var membership = Membership.softwareOrOrganisation
    /// How tls_client_auth_subject_dn is compared: the whole name, or its immutable part.
    package var dnMatch = NameMatch.full
    /// The status a certificate is answered with that does not authenticate its holder.
    package var certificateStatus = CertificateStatus.badRequest
    /// The status a client of another TPP is answered with; 401 keeps client ids from being probed.
    package var foreignClient = ForeignClient.unauthorised
    /// Software in Test mode in production.
    package var softwareMode = TestSoftware.warn
    /// A further registration of a software_id: issue another client, update the first, or refuse.
    package var duplicates = Duplicates.many
    /// Operations offered; others are refused.
    package var operations = OperationSettings()
    /// What a manual registration gets when the portal sends only a software statement.
    package var mcr = ManualTemplateSettings()
    /// Taking over clients the bank registered before, by batches with mode migration in their manifest.
    package var migration = MigrationSettings()
    /// Software ids always refused.
    package var denySoftware: [String] = []
    /// Organisation ids always refused.
    package var denyOrganisations: [String] = []
    /// Keys never trusted, whatever the directory says: SHA-256 of their SubjectPublicKeyInfo.
    package var denyKeys: [String] = []

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<PolicySettings>] = [
        Setting("profile", \.profile, .choice(), "Version of the Open Banking registration specification."),
        Setting(
            "strict",
            \.strict,
            .flag,
            "Take the strict side: a jti must be a UUID, claims nobody knows are errors, statements live a minute."
        ),
        Setting(
            "overrides",
            \.overrides,
            .overrides,
            "Severities changed from the rule book, such as {R-013: error, R-003: off}; status and results say so."
        ),
        Setting(
            "audiences",
            \.audiences,
            .list(of: .text(limit: 256)),
            "Accepted `aud` values: the bank's organisation id, its issuer URL. Empty is not compared."
        ),
        Setting(
            "scopes",
            \.scopes,
            .list(of: .text(limit: 64)),
            "Scopes accepted besides openid, accounts, payments and fundsconfirmations."
        ),
        Setting(
            "request_algorithms",
            \.requestAlgorithms,
            .list(of: .choice(suggests: false), atLeast: 1),
            "Algorithms a request may be signed with."
        ),
        Setting(
            "statement_algorithms",
            \.statementAlgorithms,
            .list(of: .choice(suggests: false), atLeast: 1),
            "Algorithms a software statement may be signed with."
        ),
        Setting(
            "metadata_algorithms",
            \.metadataAlgorithms,
            .list(of: .choice(suggests: false), atLeast: 1),
            "Algorithms a client may register for its own tokens and objects."
        ),
        Setting(
            "fapi",
            \.fapi,
            .flag,
            "Hold clients to the FAPI profile: authentication by private_key_jwt or tls_client_auth."
        ),
        Setting(
            "auth_methods",
            \.authMethods,
            .list(of: .choice(), atLeast: 1),
            "Client authentication methods offered."
        ),
        Setting("grant_types", \.grantTypes, .list(of: .choice(), atLeast: 1), "Grant types offered."),
        Setting("response_types", \.responseTypes, .list(of: .choice(), atLeast: 1), "Response types offered."),
        Setting(
            "application_types",
            \.applicationTypes,
            .list(of: .choice(), atLeast: 1),
            "Application types taken."
        ),
        Setting(
            "member_state",
            \.memberState,
            .identifier(limit: 2),
            "The state whose authorisations count in organisation_competent_authority_claims."
        ),
        Setting(
            section: "ssa_max_age",
            \.ssaMaxAge,
            StatementAges.settings,
            "How old a software statement may be when its request was received."
        ),
        Setting(
            "request_max_lifetime",
            \.requestMaxLifetime,
            .interval(from: .minutes(1), to: .days(31)),
            "Longest time from `iat` to `exp` of a request."
        ),
        Setting(
            "clock_skew",
            \.clockSkew,
            .interval(from: .seconds(0), to: .minutes(10)),
            "How far clocks may differ."
        ),
        Setting(
            "time_basis",
            \.timeBasis,
            .choice(),
            "When a request counts as received: when it arrived here, or by `received_at` of an attested record."
        ),
        Setting(
            "request_keys",
            \.requestKeys,
            .choice(),
            "Whose key set may hold the key a request is signed with."
        ),
        Setting(
            section: "certificate_profiles",
            \.certificateProfiles,
            CertificateProfileSettings.settings,
            "Kinds of transport certificate accepted."
        ),
        Setting(
            "membership",
            \.membership,
            .choice(),
            "Whose key set must hold the transport certificate; chain-only asks for the chain alone, off for neither."
        ),
        Setting(
            "dn_match",
            \.dnMatch,
            .choice(),
            "How tls_client_auth_subject_dn is compared: the whole name, or its immutable part."
        ),
        Setting(
            "certificate_status",
            \.certificateStatus,
            .choice(),
            "The status a certificate is answered with that does not authenticate its holder."
        ),
        Setting(
            "foreign_client",
            \.foreignClient,
            .choice(),
            "The status a client of another TPP is answered with; 401 keeps client ids from being probed."
        ),
        Setting("software_mode", \.softwareMode, .choice(), "Software in Test mode in production."),
        Setting(
            "duplicates",
            \.duplicates,
            .choice(),
            "A further registration of a software_id: issue another client, update the first, or refuse."
        ),
        Setting(
            section: "operations",
            \.operations,
            OperationSettings.settings,
            "Operations offered; others are refused."
        ),
        Setting(
            section: "mcr",
            \.mcr,
            ManualTemplateSettings.settings,
            "What a manual registration gets when the portal sends only a software statement."
        ),
        Setting(
            section: "migration",
            \.migration,
            MigrationSettings.settings,
            "Taking over clients the bank registered before, by batches with mode migration in their manifest."
        ),
        Setting("deny_software", \.denySoftware, .list(of: .identifier(limit: 36)), "Software ids always refused."),
        Setting(
            "deny_organisations",
            \.denyOrganisations,
            .list(of: .identifier(limit: 36)),
            "Organisation ids always refused."
        ),
        Setting(
            "deny_keys",
            \.denyKeys,
            .list(of: .sha256),
            "Keys never trusted, whatever the directory says: SHA-256 of their SubjectPublicKeyInfo."
        ),
    ]
}
