/// How fresh each class of source is kept.
package struct FreshnessSettings: Equatable, Sendable {
    /// The directory's own key set.
    package var directory = Freshness()
    /// Key sets of organisations.
    package var organisation = Freshness()
    /// Key sets of software statements.
    package var software = Freshness()
    /// Sets of revoked keys.
    package var revoked = Freshness()
    /// CRLs; whatever is set here, a CRL is unusable after its own nextUpdate.
    package var crl = Freshness(every: .hours(1), staleAfter: .hours(4))

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<FreshnessSettings>] = [
        Setting(section: "directory", \.directory, Freshness.settings, "The directory's own key set."),
        Setting(section: "organisation", \.organisation, Freshness.settings, "Key sets of organisations."),
        Setting(section: "software", \.software, Freshness.settings, "Key sets of software statements."),
        Setting(section: "revoked", \.revoked, Freshness.settings, "Sets of revoked keys."),
        Setting(
            section: "crl",
            \.crl,
            Freshness.settings,
            "CRLs; whatever is set here, a CRL is unusable after its own nextUpdate."
        ),
    ]
}
