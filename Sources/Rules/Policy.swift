package import Crypto
package import Encoding
package import OpenBanking
package import PKIX

/// What one bank decided about the rules that banks decide differently; everything else is fixed by the rule book.
package struct Policy: Sendable {
    /// Which version of the dynamic registration specification applies (`policy.profile`).
    package enum Profile: String, Sendable, CaseIterable, Comparable {
        case v31 = "3.1"
        case v32 = "3.2"
        case v33 = "3.3"
        case v34 = "3.4"

        package static func < (left: Profile, right: Profile) -> Bool { left.rawValue < right.rawValue }
    }

    /// In which of the TPP's key sets the transport certificate must be listed (rule R-134).
    package enum Membership: String, Sendable, CaseIterable {
        case software, softwareOrOrganisation = "software-or-org", chainOnly = "chain-only", off
    }

    /// How much of a subject DN claim must match the certificate (rule R-138).
    package enum SubjectMatch: String, Sendable, CaseIterable {
        case full, immutable
    }

    /// What a second registration of one software statement means (rule R-101).
    package enum Duplicates: String, Sendable, CaseIterable {
        case many, update, refuse
    }

    /// Whether a revocation list must be there, may be missing, or is not looked at.
    package enum Revocation: String, Sendable, CaseIterable {
        case require, ifPresent = "if-present", off
    }

    /// By which time a request's own times are judged.
    package enum TimeBasis: String, Sendable, CaseIterable {
        /// When it first reached us.
        case arrival
        /// When the gateway received it, where the record attests that.
        case received = "received-at"
    }

    /// Which of the TPP's key sets a request may be signed with (rule R-087).
    package enum RequestKeys: String, Sendable, CaseIterable {
        case software, softwareOrOrganisation = "software-or-org"
    }

    package var profile = Profile.v33
    /// True where the bank takes the strict side of what the specification leaves open.
    package var isStrict = false
    package var environment = DirectoryEnvironment.sandbox
    /// The exact `iss` of a trusted software statement (rule R-060).
    package var statementIssuer = "OpenBanking Ltd"
    /// The URL of the directory's key set for this environment: configured, never taken from a statement (rule R-080).
    package var directoryURL = "https://keystore.openbankingtest.org.uk/keystore/openbanking.jwks"
    /// Hosts a key set URL of a statement may name (rule R-072).
    package var keystoreHosts = ["keystore.openbankingtest.org.uk"]
    package var audiences: [String] = []
    package var requestAlgorithms: [SignatureAlgorithm] = [.PS256, .ES256]
    package var statementAlgorithms: [SignatureAlgorithm] = [.PS256, .ES256]
    /// Algorithms a client may register for its own tokens (rules ).
    package var metadataAlgorithms = ["PS256", "ES256"]
    package var authenticationMethods: [AuthenticationMethod] = [.privateKeyJWT, .tlsClientAuth]
    package var isFAPI = true
    package var grantTypes = [
        "client_credentials", "authorization_code", "refresh_token", "urn:openid:params:grant-type:ciba",
    ]
    package var responseTypes = ["code", "code id_token"]
    package var applicationTypes = ["web", "mobile", "native"]
    package var extraScopes: [String] = []
    package var memberState = "GB"
    package var statementMaxAge: (dcr: UnixTime, mcr: UnixTime) = (24 * 3600, 7 * 24 * 3600)
    package var requestMaxLifetime: UnixTime = 3600
    package var clockSkew: UnixTime = 60
    package var timeBasis = TimeBasis.arrival
    package var requestKeys = RequestKeys.software
    package var certificateProfiles: [CertificateProfile] = [.obwac]
    package var membership = Membership.softwareOrOrganisation
    package var subjectMatch = SubjectMatch.full
    package var refusesTestSoftware = false
    package var duplicates = Duplicates.many
    package var certificateRevocation = Revocation.require
    package var keyRevocation = Revocation.require
    /// How many seconds a revocation list is still taken, with a warning, after its nextUpdate (rules ).
    package var listGrace: UnixTime = 0
    /// 400, or 401 for a certificate that does not authenticate its holder.
    package var certificateStatus = 400
    /// 401, or 403 for a client of another TPP.
    package var foreignClientStatus = 401
    package var deniedSoftware: Set<String> = []
    package var deniedOrganisations: Set<String> = []
    package var deniedKeys: Set<SHA256Digest> = []
    package var operations: Set<Operation> = [.register, .update, .delete, .read]
    package var overrides: [RuleID: Severity] = [:]
    package var template = ManualTemplate()
    /// The identity provider of manual registrations; nil refuses them (rule R-147).
    package var identityProvider: IdentityProvider?
    /// The claims of an id_token that may name the person's organisation (rule R-149).
    package var organisationClaims = ["org_id", "organisation_id"]
    package var migration = MigrationPolicy()
    package var byteLimit = (request: 65_536, statement: 32_768)

    package init() {}

    /// The age in seconds beyond which a statement is refused on a channel (rule R-074).
    ///
    /// The strict side is a minute for dynamic and half an hour for manual registration, or less where the bank says so.
    package func maxAge(_ channel: Channel) -> UnixTime {
        switch channel {
        case .dcr: isStrict ? min(60, statementMaxAge.dcr) : statementMaxAge.dcr
        case .mcr: isStrict ? min(1800, statementMaxAge.mcr) : statementMaxAge.mcr
        }
    }
}
