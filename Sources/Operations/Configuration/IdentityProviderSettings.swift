/// The directory's identity provider, whose id_token says who is behind a manual registration.
package struct IdentityProviderSettings: Equatable, Sendable {
    /// The exact `iss` of its id_tokens.
    package var issuer = ""
    /// The portal's client_id there: the `aud` of its id_tokens.
    package var clientID = ""
    /// Its key set.
    package var jwks = ""
    /// Claims that may name the person's organisation; what is there must be that of the software statement.
    package var organisationClaims = ["org_id", "organisation_id"]

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<IdentityProviderSettings>] = [
        Setting("issuer", \.issuer, .httpsURL(optional: true), "The exact `iss` of its id_tokens."),
        Setting(
            "client_id",
            \.clientID,
            .text(optional: true),
            "The portal's client_id there: the `aud` of its id_tokens."
        ),
        Setting("jwks", \.jwks, .httpsURL(optional: true), "Its key set."),
        Setting(
            "organisation_claims",
            \.organisationClaims,
            .list(of: .text(limit: 64)),
            "Claims that may name the person's organisation; what is there must be that of the software statement."
        ),
    ]
}
