/// Signed bundles of keys: carried across an air gap, made on one side and imported on the other.
package struct BundleSettings: Equatable, Sendable {
    /// The SHA-256 of the root that bundles must begin with; empty where counterfoil bundle trust pin names it.
    package var pin = ""
    /// The folder of the roots, <version>.root.json, that bundles are made with.
    package var roots = "/etc/counterfoil/roots"
    /// The key that signs bundles: a PEM file, or a URI such as pkcs11: that OpenSSL is configured for.
    package var key = ""
    /// How long a bundle lives; half of it is a warning, at its end new work waits.
    package var life = Interval.days(35)

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<BundleSettings>] = [
        Setting(
            "pin",
            \.pin,
            .text(optional: true, limit: 64),
            "The SHA-256 of the root that bundles must begin with; empty where counterfoil bundle trust pin names it."
        ),
        Setting(
            "roots",
            \.roots,
            .path(),
            "The folder of the roots, <version>.root.json, that bundles are made with."
        ),
        Setting(
            "key",
            \.key,
            .text(optional: true, limit: 1024),
            "The key that signs bundles: a PEM file, or a URI such as pkcs11: that OpenSSL is configured for."
        ),
        Setting(
            "life",
            \.life,
            .interval(from: .hours(1), to: .days(366)),
            "How long a bundle lives; half of it is a warning, at its end new work waits."
        ),
    ]
}
