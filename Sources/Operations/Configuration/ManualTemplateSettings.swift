package import OpenBanking

/// What a manual registration gets when the portal sends only a software statement.
package struct ManualTemplateSettings: Equatable, Sendable {
    /// Its grant types.
    package var grantTypes = [PolicySettings.GrantType.authorizationCode, .clientCredentials, .refreshToken]
    /// Its response types.
    package var responseTypes = [PolicySettings.ResponseType.codeIDToken]
    /// Its client authentication method.
    package var authMethod = AuthenticationMethod.privateKeyJWT
    /// The algorithm of its id_tokens, request objects and client assertions.
    package var signingAlgorithm = PolicySettings.Algorithm.ps256
    /// Its application type.
    package var applicationType = PolicySettings.ApplicationType.web

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<ManualTemplateSettings>] = [
        Setting("grant_types", \.grantTypes, .list(of: .choice(), atLeast: 1), "Its grant types."),
        Setting("response_types", \.responseTypes, .list(of: .choice(), atLeast: 1), "Its response types."),
        Setting("auth_method", \.authMethod, .choice(), "Its client authentication method."),
        Setting(
            "signing_algorithm",
            \.signingAlgorithm,
            .choice(),
            "The algorithm of its id_tokens, request objects and client assertions."
        ),
        Setting("application_type", \.applicationType, .choice(), "Its application type."),
    ]
}
