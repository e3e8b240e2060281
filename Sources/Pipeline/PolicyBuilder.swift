import Crypto
import Encoding
import OpenBanking
package import Operations
import PKIX
package import Rules

extension Policy {
    /// The policy a configuration describes: its choices in the words of the rules.
    package init(_ configuration: Configuration) {
        self.init()
        environment = configuration.environment
        setDirectory(configuration.directory)
        setAlgorithms(configuration.policy)
        setOffers(configuration.policy)
        setTimes(configuration.policy)
        setTrust(configuration)
        migration.isAllowed = configuration.policy.migration.allowed
        migration.maxHistory = configuration.policy.migration.maxHistory.seconds
        byteLimit = (
            request: configuration.process.limits.request.bytes,
            statement: configuration.process.limits.statement.bytes
        )
    }

    private mutating func setDirectory(_ directory: DirectorySettings) {
        statementIssuer = directory.issuer
        directoryURL = directory.jwks
        keystoreHosts = directory.allowHosts
        let idp = directory.idp
        organisationClaims = idp.organisationClaims
        identityProvider =
            idp.issuer.isEmpty
            ? nil : IdentityProvider(issuer: idp.issuer, clientID: idp.clientID, keysURL: idp.jwks)
    }

    private mutating func setAlgorithms(_ policy: PolicySettings) {
        requestAlgorithms = policy.requestAlgorithms.compactMap { SignatureAlgorithm(rawValue: $0.rawValue) }
        statementAlgorithms = policy.statementAlgorithms.compactMap { SignatureAlgorithm(rawValue: $0.rawValue) }
        metadataAlgorithms = policy.metadataAlgorithms.map(\.rawValue)
    }

    private mutating func setOffers(_ policy: PolicySettings) {
        profile = Profile(rawValue: policy.profile.rawValue) ?? profile
        overrides = Dictionary(policy.overrides.map { ($0.rule, $0.severity) }, uniquingKeysWith: { _, last in last })
        audiences = policy.audiences
        isStrict = policy.strict
        applicationTypes = policy.applicationTypes.map(\.rawValue)
        extraScopes = policy.scopes
        isFAPI = policy.fapi
        authenticationMethods = policy.authMethods
        grantTypes = policy.grantTypes.map(\.rawValue)
        responseTypes = policy.responseTypes.map(\.rawValue)
        memberState = policy.memberState
        refusesTestSoftware = policy.softwareMode == .refuse
        duplicates = Duplicates(rawValue: policy.duplicates.rawValue) ?? duplicates
        let offered: [(Operation, Bool)] = [
            (.register, policy.operations.register), (.update, policy.operations.update),
            (.delete, policy.operations.delete), (.read, policy.operations.read),
        ]
        operations = Set(offered.filter(\.1).map(\.0))
        template.authenticationMethod = policy.mcr.authMethod.rawValue
        template.grantTypes = policy.mcr.grantTypes.map(\.rawValue)
        template.responseTypes = policy.mcr.responseTypes.map(\.rawValue)
        template.applicationType = policy.mcr.applicationType.rawValue
        template.algorithm = policy.mcr.signingAlgorithm.rawValue
    }

    private mutating func setTimes(_ policy: PolicySettings) {
        statementMaxAge = (dcr: policy.ssaMaxAge.dcr.seconds, mcr: policy.ssaMaxAge.mcr.seconds)
        requestMaxLifetime = policy.requestMaxLifetime.seconds
        clockSkew = policy.clockSkew.seconds
        timeBasis = TimeBasis(rawValue: policy.timeBasis.rawValue) ?? timeBasis
    }

    private mutating func setTrust(_ configuration: Configuration) {
        let policy = configuration.policy
        let uses: [(CertificateProfile, PolicySettings.ProfileUse)] = [
            (.obwac, policy.certificateProfiles.obwac), (.legacyTransport, policy.certificateProfiles.legacy),
            (.qwac, policy.certificateProfiles.qwac),
        ]
        certificateProfiles = uses.filter { $0.1 == .allow }.map(\.0)
        membership = Membership(rawValue: policy.membership.rawValue) ?? membership
        subjectMatch = SubjectMatch(rawValue: policy.dnMatch.rawValue) ?? subjectMatch
        requestKeys = RequestKeys(rawValue: policy.requestKeys.rawValue) ?? requestKeys
        certificateStatus = policy.certificateStatus == .unauthorised ? 401 : 400
        foreignClientStatus = policy.foreignClient == .forbidden ? 403 : 401
        listGrace = configuration.trust.crlGrace.seconds
        certificateRevocation = Revocation(rawValue: configuration.trust.crl.rawValue) ?? certificateRevocation
        keyRevocation = Revocation(rawValue: configuration.trust.revokedKeys.rawValue) ?? keyRevocation
        deniedSoftware = Set(policy.denySoftware)
        deniedOrganisations = Set(policy.denyOrganisations)
        deniedKeys = Set(policy.denyKeys.compactMap { Hex.decode($0.lowercased()).flatMap { SHA256Digest(bytes: $0) } })
    }
}
