/// What transport certificates must chain to, and how revocation counts.
package struct TrustSettings: Equatable, Sendable {
    /// Folder of root and issuing CA certificates (PEM or DER) that transport certificates must chain to.
    package var anchors = "/etc/counterfoil/anchors"
    /// Folder of issuing CAs that a trusted list grants, and their roots; "" where no QWAC is accepted.
    package var qualifiedAnchors = ""
    /// Whether a good CRL is needed: require defers without one, if-present uses it when there is one.
    package var crl = RevocationUse.require
    /// How long a CRL is still used, with a warning, after its own nextUpdate; 0s defers at once.
    package var crlGrace = Interval.seconds(0)
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
            "qualified_anchors",
            \.qualifiedAnchors,
            .path(optional: true),
            "Folder of issuing CAs that a trusted list grants, and their roots; \"\" where no QWAC is accepted."
        ),
        Setting(
            "crl",
            \.crl,
            .choice(),
            "Whether a good CRL is needed: require defers without one, if-present uses it when there is one."
        ),
        Setting(
            "crl_grace",
            \.crlGrace,
            .interval(from: .seconds(0), to: .days(3)),
            "How long a CRL is still used, with a warning, after its own nextUpdate; 0s defers at once."
        ),
        Setting(
            "revoked_keys",
            \.revokedKeys,
            .choice(),
            "Whether a good set of revoked keys is needed to use a key; likewise."
        ),
    ]
}
