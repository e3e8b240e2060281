/// What a JWK says about a key beside its numbers.
struct KeyAttributes {
    var kid: [UInt8]?
    var use: KeyUse = .none
    var algorithm: String?
    var keyOperations: KeyOperations?
    var lifetime = KeyLifetime.unbounded
    var notices: [KeyNotice] = []
}
