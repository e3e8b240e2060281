extension PolicySettings {
    /// The JWS algorithms a policy can name; HMAC and `none` do not exist here.
    package enum Algorithm: String, CaseIterable, Sendable {
        case ps256 = "PS256"
        case es256 = "ES256"
        case ps384 = "PS384"
        case ps512 = "PS512"
        case es384 = "ES384"
        case rs256 = "RS256"
    }
}
