extension PolicySettings {
    /// Grant types of the specification.
    package enum GrantType: String, CaseIterable, Sendable {
        case authorizationCode = "authorization_code"
        case clientCredentials = "client_credentials"
        case refreshToken = "refresh_token"
        case ciba = "urn:openid:params:grant-type:ciba"
        case jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    }
}
