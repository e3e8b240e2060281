import Encoding

/// The claims of a registration request (OBClientRegistrationRequest1 of Open Banking UK DCR 3.1 to 3.4, and RFC 7591 section 2).
package enum RequestClaim: String, ClaimName {
    case issuer = "iss"
    case issuedAt = "iat"
    case expiresAt = "exp"
    case audience = "aud"
    case jwtID = "jti"
    case clientID = "client_id"
    case redirectURIs = "redirect_uris"
    case authenticationMethod = "token_endpoint_auth_method"
    case grantTypes = "grant_types"
    case responseTypes = "response_types"
    case softwareID = "software_id"
    case scope
    case softwareStatement = "software_statement"
    case applicationType = "application_type"
    case idTokenAlgorithm = "id_token_signed_response_alg"
    case requestObjectAlgorithm = "request_object_signing_alg"
    case authenticationAlgorithm = "token_endpoint_auth_signing_alg"
    case subjectDN = "tls_client_auth_subject_dn"
    case subjectDNOf31 = "tls_client_auth_dn"
    case deliveryMode = "backchannel_token_delivery_mode"
    case notificationEndpoint = "backchannel_client_notification_endpoint"
    case backchannelAlgorithm = "backchannel_authentication_request_signing_alg"
    case userCode = "backchannel_user_code_parameter_supported"
    case clientName = "client_name"
    case subjectType = "subject_type"
    case idTokenEncryptionAlgorithm = "id_token_encrypted_response_alg"
    case idTokenEncryptionEncoding = "id_token_encrypted_response_enc"
    case boundAccessTokens = "tls_client_certificate_bound_access_tokens"
    case signedRequestObject = "require_signed_request_object"

    /// True for the claims that belong to the request alone and never appear in a response (ambiguity A-12).
    package var isRequestOnly: Bool {
        switch self {
        case .issuer, .issuedAt, .expiresAt, .audience, .jwtID, .clientID: true
        default: false
        }
    }
}
