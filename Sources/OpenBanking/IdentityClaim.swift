import Encoding

/// The claims of the directory's id_token that a manual registration carries (OpenID Connect Core 3.1.3.7; rules ).
package enum IdentityClaim: String, ClaimName {
    case issuer = "iss"
    case audience = "aud"
    case authorizedParty = "azp"
    case expiresAt = "exp"
    case issuedAt = "iat"
    case nonce
    case associated = "tpp_associated"
    case organisationID = "org_id"
    case organisationIDSpelledOut = "organisation_id"
}
