/// The hash-chained audit file.
package struct AuditSettings: Equatable, Sendable {
    /// One line per credential issued and per refusal, each with the hash of the line before; "" is off.
    package var path = "/var/log/counterfoil/audit.ndjson"

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<AuditSettings>] = [
        Setting(
            "path",
            \.path,
            .path(optional: true),
            "One line per credential issued and per refusal, each with the hash of the line before; \"\" is off."
        )
    ]
}
