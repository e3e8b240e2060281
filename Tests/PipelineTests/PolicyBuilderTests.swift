import Crypto
import OpenBanking
import Operations
import PKIX
import Pipeline
import Rules
import Testing

/// What the configuration says reaches the rules: each setting changed alone changes the policy, and the defaults are the rules' own.
@Suite("Settings in the words of the rules")
struct PolicyBuilderTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let change: @Sendable (inout Configuration) -> Void
        let holds: @Sendable (Policy) -> Bool

        init(
            _ name: String,
            _ change: @escaping @Sendable (inout Configuration) -> Void,
            _ holds: @escaping @Sendable (Policy) -> Bool
        ) {
            (self.name, self.change, self.holds) = (name, change, holds)
        }

        var testDescription: String { name }
    }

    @Test("a setting reaches the rules, and is off by default", arguments: rows)
    func reaches(_ row: Row) {
        var configuration = Configuration()
        #expect(!row.holds(Policy(configuration)), "by default")
        row.change(&configuration)
        #expect(row.holds(Policy(configuration)))
    }

    @Test("the defaults of the configuration are those of the rules")
    func defaults() {
        let (configured, own) = (Policy(Configuration()), Policy())
        #expect(configured.profile == own.profile && configured.isStrict == own.isStrict)
        #expect(configured.requestAlgorithms == own.requestAlgorithms)
        #expect(configured.statementAlgorithms == own.statementAlgorithms)
        #expect(configured.metadataAlgorithms == own.metadataAlgorithms)
        #expect(configured.authenticationMethods == own.authenticationMethods)
        #expect(Set(configured.grantTypes) == Set(own.grantTypes))
        #expect(configured.responseTypes == own.responseTypes)
        #expect(configured.applicationTypes == own.applicationTypes)
        #expect(configured.statementMaxAge == own.statementMaxAge)
        #expect(configured.requestMaxLifetime == own.requestMaxLifetime && configured.clockSkew == own.clockSkew)
        #expect(configured.timeBasis == own.timeBasis && configured.requestKeys == own.requestKeys)
        #expect(configured.certificateProfiles == own.certificateProfiles)
        #expect(configured.membership == own.membership && configured.subjectMatch == own.subjectMatch)
        #expect(configured.certificateRevocation == own.certificateRevocation)
        #expect(configured.keyRevocation == own.keyRevocation && configured.listGrace == own.listGrace)
        #expect(configured.certificateStatus == own.certificateStatus)
        #expect(configured.foreignClientStatus == own.foreignClientStatus)
        #expect(configured.duplicates == own.duplicates && configured.operations == own.operations)
        #expect(configured.organisationClaims == own.organisationClaims)
        #expect(configured.memberState == own.memberState && configured.isFAPI == own.isFAPI)
        #expect(configured.byteLimit == own.byteLimit)
        var (template, theirs) = (configured.template, own.template)
        (template.grantTypes, theirs.grantTypes) = (template.grantTypes.sorted(), theirs.grantTypes.sorted())
        #expect(template == theirs)
    }

    static let rows: [Row] = [
        Row("profile", { $0.policy.profile = .v31 }, { $0.profile == .v31 }),
        Row("strict", { $0.policy.strict = true }, { $0.isStrict }),
        Row(
            "overrides",
            { $0.policy.overrides = [.init(rule: .jwtIDIsUUID, severity: .error)] },
            { $0.overrides == [.jwtIDIsUUID: .error] }
        ),
        Row("audiences", { $0.policy.audiences = ["a"] }, { $0.audiences == ["a"] }),
        Row("scopes", { $0.policy.scopes = ["vrp"] }, { $0.extraScopes == ["vrp"] }),
        Row("request_algorithms", { $0.policy.requestAlgorithms = [.rs256] }, { $0.requestAlgorithms == [.RS256] }),
        Row(
            "statement_algorithms",
            { $0.policy.statementAlgorithms = [.es256] },
            { $0.statementAlgorithms == [.ES256] }
        ),
        Row("metadata_algorithms", { $0.policy.metadataAlgorithms = [.es256] }, { $0.metadataAlgorithms == ["ES256"] }),
        Row("fapi", { $0.policy.fapi = false }, { !$0.isFAPI }),
        Row(
            "auth_methods",
            { $0.policy.authMethods = [.clientSecretBasic] },
            { $0.authenticationMethods == [.clientSecretBasic] }
        ),
        Row(
            "grant_types",
            { $0.policy.grantTypes = [.clientCredentials] },
            { $0.grantTypes == ["client_credentials"] }
        ),
        Row("response_types", { $0.policy.responseTypes = [.code] }, { $0.responseTypes == ["code"] }),
        Row("application_types", { $0.policy.applicationTypes = [.web] }, { $0.applicationTypes == ["web"] }),
        Row("member_state", { $0.policy.memberState = "IE" }, { $0.memberState == "IE" }),
        Row("ssa_max_age.dcr", { $0.policy.ssaMaxAge.dcr = .minutes(1) }, { $0.statementMaxAge.dcr == 60 }),
        Row("ssa_max_age.mcr", { $0.policy.ssaMaxAge.mcr = .minutes(30) }, { $0.statementMaxAge.mcr == 1800 }),
        Row("request_max_lifetime", { $0.policy.requestMaxLifetime = .minutes(5) }, { $0.requestMaxLifetime == 300 }),
        Row("clock_skew", { $0.policy.clockSkew = .seconds(5) }, { $0.clockSkew == 5 }),
        Row("time_basis", { $0.policy.timeBasis = .received }, { $0.timeBasis == .received }),
        Row(
            "request_keys",
            { $0.policy.requestKeys = .softwareOrOrganisation },
            { $0.requestKeys == .softwareOrOrganisation }
        ),
        Row(
            "certificate_profiles.legacy",
            { $0.policy.certificateProfiles.legacy = .allow },
            { $0.certificateProfiles == [.obwac, .legacyTransport] }
        ),
        Row(
            "certificate_profiles.qwac",
            { $0.policy.certificateProfiles.qwac = .allow },
            { $0.certificateProfiles == [.obwac, .qwac] }
        ),
        Row(
            "certificate_profiles.obwac",
            { $0.policy.certificateProfiles.obwac = .refuse },
            { $0.certificateProfiles == [] }
        ),
        Row("membership software", { $0.policy.membership = .software }, { $0.membership == .software }),
        Row("membership chain-only", { $0.policy.membership = .chainOnly }, { $0.membership == .chainOnly }),
        Row("membership off", { $0.policy.membership = .off }, { $0.membership == .off }),
        Row("dn_match", { $0.policy.dnMatch = .immutable }, { $0.subjectMatch == .immutable }),
        Row("certificate_status", { $0.policy.certificateStatus = .unauthorised }, { $0.certificateStatus == 401 }),
        Row("foreign_client", { $0.policy.foreignClient = .forbidden }, { $0.foreignClientStatus == 403 }),
        Row("software_mode", { $0.policy.softwareMode = .refuse }, { $0.refusesTestSoftware }),
        Row("duplicates update", { $0.policy.duplicates = .update }, { $0.duplicates == .update }),
        Row("duplicates refuse", { $0.policy.duplicates = .refuse }, { $0.duplicates == .refuse }),
        Row("operations", { $0.policy.operations.delete = false }, { !$0.operations.contains(.delete) }),
        Row(
            "mcr",
            { $0.policy.mcr.authMethod = .tlsClientAuth },
            { $0.template.authenticationMethod == "tls_client_auth" }
        ),
        Row("deny_software", { $0.policy.denySoftware = ["s"] }, { $0.deniedSoftware == ["s"] }),
        Row("deny_organisations", { $0.policy.denyOrganisations = ["o"] }, { $0.deniedOrganisations == ["o"] }),
        Row(
            "deny_keys",
            { $0.policy.denyKeys = [String(repeating: "AB", count: 32)] },
            { $0.deniedKeys.map(\.hex) == [String(repeating: "ab", count: 32)] }
        ),
        Row("trust.crl", { $0.trust.crl = .ifPresent }, { $0.certificateRevocation == .ifPresent }),
        Row("trust.crl_grace", { $0.trust.crlGrace = .days(3) }, { $0.listGrace == 3 * 86_400 }),
        Row("trust.revoked_keys", { $0.trust.revokedKeys = .off }, { $0.keyRevocation == .off }),
        Row("directory.issuer", { $0.directory.issuer = "Another" }, { $0.statementIssuer == "Another" }),
        Row(
            "directory.idp",
            {
                ($0.directory.idp.issuer, $0.directory.idp.clientID) = ("https://idp.example", "portal")
                $0.directory.idp.organisationClaims = ["org"]
            },
            { $0.identityProvider?.clientID == "portal" && $0.organisationClaims == ["org"] }
        ),
        Row("process.limits.request", { $0.process.limits.request = .kibibytes(8) }, { $0.byteLimit.request == 8192 }),
    ]
}
