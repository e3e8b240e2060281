import Encoding

/// The claims of a software statement as the Open Banking directory issues it.
package enum StatementClaim: String, ClaimName {
    case issuer = "iss"
    case issuedAt = "iat"
    case expiresAt = "exp"
    case notBefore = "nbf"
    case jwtID = "jti"
    case softwareID = "software_id"
    case softwareClientID = "software_client_id"
    case clientName = "software_client_name"
    case clientDescription = "software_client_description"
    case clientURI = "software_client_uri"
    case version = "software_version"
    case environment = "software_environment"
    case mode = "software_mode"
    case softwareKeys = "software_jwks_endpoint"
    case softwareRevokedKeys = "software_jwks_revoked_endpoint"
    case redirectURIs = "software_redirect_uris"
    case roles = "software_roles"
    case logoURI = "software_logo_uri"
    case policyURI = "software_policy_uri"
    case termsURI = "software_tos_uri"
    case onBehalfOf = "software_on_behalf_of_org"
    case authorityClaims = "organisation_competent_authority_claims"
    case organisationStatus = "org_status"
    case organisationID = "org_id"
    case organisationName = "org_name"
    case organisationContacts = "org_contacts"
    case organisationKeys = "org_jwks_endpoint"
    case organisationRevokedKeys = "org_jwks_revoked_endpoint"
    case registryTerms = "ob_registry_tos"

    /// True for the statement's own envelope, which is never flattened into a response.
    package var isEnvelope: Bool {
        switch self {
        case .issuer, .issuedAt, .expiresAt, .notBefore, .jwtID: true
        default: false
        }
    }
}
