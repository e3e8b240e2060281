/// What results look like.
package struct ResultSettings: Equatable, Sendable {
    /// The public JWK results are sealed to; empty where they are not.
    package var sealTo = ""

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<ResultSettings>] = [
        Setting(
            "seal_to",
            \.sealTo,
            .path(optional: true),
            "File with the recipient's public JWK: every response is then sealed to it, as a JWE; \"\" seals nothing."
        )
    ]
}
