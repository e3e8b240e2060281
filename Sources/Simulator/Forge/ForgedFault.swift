import Crypto

/// The known ways in which a simulated registration is wrong.
///
/// Each has an entry in ``expectation`` and is done in one place, `FaultWork`. Raw values name items and files.
package enum ForgedFault: String, CaseIterable, Sendable {
    case requestSignature = "request-signature"
    case statementSignature = "ssa-signature"
    case foreignCertificate = "foreign-certificate"
    case rogueAuthority = "rogue-ca"
    case expiredCertificate = "expired-certificate"
    case revokedCertificate = "revoked-certificate"
    case excessiveScope = "scope"
    case foreignRedirect = "redirect"
    case localRedirect = "localhost-redirect"
    case expiredRequest = "expired-request"
    case foreignAudience = "audience"
    case foreignIssuer = "issuer"
    case revokedOrganisation = "org-revoked"
    case transportKey = "tls-key"
    case algorithmRS256 = "alg-rs256"
    case algorithmNone = "alg-none"
    case algorithmHS256 = "alg-hs256"
    case critical = "crit"
    case duplicateClaim = "duplicate-claim"
    case truncated
    case oldStatement = "ssa-too-old"
    case foreignEnvironment = "environment"
    case foreignSoftwareName = "legacy-cn"
    case sealForTransport = "obseal-transport"
    case revokedKey = "revoked-key"
    case unknownDirectoryKey = "unknown-directory-key"
    case unpublishedSoftwareKey = "unpublished-software-key"
    case notAssociated = "mcr-not-associated"
    case foreignPortalRedirect = "mcr-redirect"

    /// Whether it is a fault of a manual registration.
    package var isManual: Bool { self == .notAssociated || self == .foreignPortalRedirect }

    /// Whether `software` can show it.
    package func suits(_ software: SimulatedSoftware, among all: [SimulatedSoftware]) -> Bool {
        switch self {
        case .excessiveScope: !software.roles.contains("CBPII")
        case .algorithmRS256: software.signing.key.algorithm == .PS256
        case .sealForTransport: software.profile == .obwac
        case .foreignCertificate: all.contains { $0.organisation.index != software.organisation.index }
        case .foreignIssuer: all.count > 1
        case .foreignSoftwareName: software.legacySibling(among: all) != nil
        default: true
        }
    }
}

extension SimulatedSoftware {
    /// Another legacy software of the same organisation.
    func legacySibling(among all: [SimulatedSoftware]) -> SimulatedSoftware? {
        guard profile == .legacy else { return nil }
        return all.first { $0.organisation.index == organisation.index && $0.index != index && $0.profile == .legacy }
    }
}
