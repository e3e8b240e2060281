package import Encoding

/// How a client authenticates at the token endpoint (Open Banking UK DCR 3.3, `token_endpoint_auth_method`).
package enum AuthenticationMethod: String, Sendable, CaseIterable {
    case privateKeyJWT = "private_key_jwt"
    case tlsClientAuth = "tls_client_auth"
    case clientSecretBasic = "client_secret_basic"
    case clientSecretPost = "client_secret_post"
    case clientSecretJWT = "client_secret_jwt"

    /// Returns the method a claim names, byte for byte, or nil.
    package init?(_ claim: ByteSlice) {
        if claim.equals("private_key_jwt") {
            self = .privateKeyJWT
        } else if claim.equals("tls_client_auth") {
            self = .tlsClientAuth
        } else if claim.equals("client_secret_basic") {
            self = .clientSecretBasic
        } else if claim.equals("client_secret_post") {
            self = .clientSecretPost
        } else if claim.equals("client_secret_jwt") {
            self = .clientSecretJWT
        } else {
            return nil
        }
    }

    /// True where the client is given a secret (rule R-156).
    package var hasSecret: Bool {
        switch self {
        case .clientSecretBasic, .clientSecretPost, .clientSecretJWT: true
        case .privateKeyJWT, .tlsClientAuth: false
        }
    }
}
