/// The directory's identity provider as the bank's portal uses it (rule R-147).
package struct IdentityProvider: Sendable, Equatable {
    /// The exact `iss` of its id_tokens.
    package var issuer: String
    /// The bank's own client id there: the only accepted `aud`.
    package var clientID: String
    /// The URL of its key set in the cache.
    package var keysURL: String

    package init(issuer: String, clientID: String, keysURL: String) {
        self.issuer = issuer
        self.clientID = clientID
        self.keysURL = keysURL
    }
}
