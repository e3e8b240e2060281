/// How results are written.
package struct ResultSettings: Equatable, Sendable {
    /// A JWK (public key) responses are encrypted to; "" writes them readable.
    package var sealTo = ""
    /// Repeat the claims of the software statement in the response, as the specification says.
    package var flattenStatement = true

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<ResultSettings>] = [
        Setting(
            "seal_to",
            \.sealTo,
            .path(optional: true),
            "A JWK (public key) responses are encrypted to; \"\" writes them readable."
        ),
        Setting(
            "flatten_statement",
            \.flattenStatement,
            .flag,
            "Repeat the claims of the software statement in the response, as the specification says."
        ),
    ]
}
