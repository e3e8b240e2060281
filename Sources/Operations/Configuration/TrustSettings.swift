/// What transport certificates must chain to, and how revocation counts.
package struct TrustSettings: Equatable, Sendable {
    /// Folder of root and issuing CA certificates (PEM or DER) that transport certificates must chain to.
    package var anchors = "/etc/counterfoil/anchors"
    /// Whether a good CRL is needed: require defers without one, if-present uses it when there is one.
    package var crl = RevocationUse.require
    /// Whether a good set of revoked keys is needed to use a key; likewise.
    package var revokedKeys = RevocationUse.require

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<TrustSettings>] = [
        Setting(
            "anchors",
            \.anchors,
            .path(),
            "Folder of root and issuing CA certificates (PEM or DER) that transport certificates must chain to."
        ),
        Setting(
            "crl",
            \.crl,
            .choice(),
            "Whether a good CRL is needed: require defers without one, if-present uses it when there is one."
        ),
        Setting(
            "revoked_keys",
            \.revokedKeys,
            .choice(),
            "Whether a good set of revoked keys is needed to use a key; likewise."
        ),
    ]
}
