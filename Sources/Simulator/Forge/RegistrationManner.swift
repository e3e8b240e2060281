import Encoding

/// The ways in which a good registration may come.
///
/// Certificate profile (legacy, OBWAC) and signature algorithm (PS256, ES256) are the software's own.
package enum RegistrationManner: String, CaseIterable, Sendable {
    /// `private_key_jwt`.
    case privateKeyJWT = "private-key-jwt"
    /// `tls_client_auth`, the identifier of an OBWAC by its short name.
    case subjectByName = "tls-client-auth-name"
    /// `tls_client_auth`, by its dotted object identifier.
    case subjectByNumber = "tls-client-auth-number"
    /// `tls_client_auth`, by `OID.` and the number.
    case subjectByPrefix = "tls-client-auth-prefix"
    /// `tls_client_auth`, by the number with a hexadecimal value (RFC 4514 section 2.4).
    case subjectByHex = "tls-client-auth-hex"
    /// Through the bank's portal.
    case manual = "mcr"

    /// The subject of the software's certificate as this manner spells it; nil without `tls_client_auth`.
    func subject(of software: SimulatedSoftware) -> String? {
        let organisation = software.organisation
        let identifier = organisation.organisationIdentifier
        let spelling: String
        switch self {
        case .privateKeyJWT, .manual: return nil
        case .subjectByName: spelling = "organizationIdentifier=\(identifier)"
        case .subjectByNumber: spelling = "2.5.4.97=\(identifier)"
        case .subjectByPrefix: spelling = "OID.2.5.4.97=\(identifier)"
        case .subjectByHex:
            let value = [0x13, UInt8(truncatingIfNeeded: identifier.utf8.count)] + Array(identifier.utf8)
            spelling = "2.5.4.97=#\(Hex.encode(value).uppercased())"
        }
        switch software.profile {
        case .legacy: return "CN=\(software.id),OU=\(organisation.id),O=OpenBanking,C=GB"
        case .obwac: return "CN=\(organisation.id),\(spelling),O=\(organisation.name),C=GB"
        }
    }
}
