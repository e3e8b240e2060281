package import OpenBanking

/// What the rules must say of a forged item.
package struct ForgedExpectation: Equatable, Sendable {
    /// How it must end.
    package let outcome: Outcome
    /// A rule that must be among the findings, perhaps with others; nil for a good one.
    package let rule: RuleID?
    /// The error code of the response; nil unless rejected.
    package let code: OAuthErrorCode?

    /// Accepted, without an error among the findings.
    package static let good = ForgedExpectation(.accepted, nil, nil)

    private init(_ outcome: Outcome, _ rule: RuleID?, _ code: OAuthErrorCode?) {
        (self.outcome, self.rule, self.code) = (outcome, rule, code)
    }

    static func rejected(_ rule: RuleID, _ code: OAuthErrorCode) -> Self { Self(.rejected, rule, code) }
    static func malformed(_ rule: RuleID) -> Self { Self(.malformed, rule, nil) }
    static func deferred(_ rule: RuleID) -> Self { Self(.deferred, rule, nil) }
}

extension ForgedFault {
    /// What the rules must say, at a bank that takes OBWAC and legacy certificates, `private_key_jwt` and
    /// `tls_client_auth`, and looks for certificates in the sets of the software and of the organisation.
    package var expectation: ForgedExpectation {
        switch self {
        case .requestSignature: .rejected(.requestSignature, .invalidClientMetadata)
        case .statementSignature: .rejected(.statementSignature, .invalidSoftwareStatement)
        case .foreignCertificate: .rejected(.membership, .invalidSoftwareStatement)
        case .rogueAuthority: .rejected(.certificateChain, .invalidClientMetadata)
        case .expiredCertificate: .rejected(.certificateWindow, .invalidClientMetadata)
        case .revokedCertificate: .rejected(.certificateNotRevoked, .invalidClientMetadata)
        case .excessiveScope: .rejected(.scopeAllowed, .invalidClientMetadata)
        case .foreignRedirect: .rejected(.redirectListed, .invalidRedirectURI)
        case .localRedirect: .rejected(.redirectHost, .invalidRedirectURI)
        case .expiredRequest: .rejected(.notExpired, .invalidClientMetadata)
        case .foreignAudience: .rejected(.audience, .invalidClientMetadata)
        case .foreignIssuer: .rejected(.requestIssuer, .invalidClientMetadata)
        case .revokedOrganisation: .rejected(.organisationStatus, .unapprovedSoftwareStatement)
        case .transportKey: .rejected(.requestKeyFits, .invalidClientMetadata)
        case .algorithmRS256: .rejected(.requestAlgorithm, .invalidClientMetadata)
        case .algorithmNone, .algorithmHS256: .rejected(.requestAlgorithmSigned, .invalidClientMetadata)
        case .critical: .rejected(.requestCritical, .invalidClientMetadata)
        case .duplicateClaim: .malformed(.strictJSON)
        case .truncated: .malformed(.compactJWS)
        case .oldStatement: .rejected(.statementAge, .invalidSoftwareStatement)
        case .foreignEnvironment: .rejected(.environment, .unapprovedSoftwareStatement)
        case .foreignSoftwareName: .rejected(.legacySoftware, .invalidSoftwareStatement)
        case .sealForTransport: .rejected(.certificateProfile, .invalidClientMetadata)
        case .revokedKey: .rejected(.requestKeyNotRevoked, .invalidClientMetadata)
        case .unknownDirectoryKey: .deferred(.directoryKeyKnown)
        case .unpublishedSoftwareKey: .deferred(.requestKeyKnown)
        case .notAssociated: .rejected(.associated, .unapprovedSoftwareStatement)
        case .foreignPortalRedirect: .rejected(.redirectListed, .invalidRedirectURI)
        }
    }
}
