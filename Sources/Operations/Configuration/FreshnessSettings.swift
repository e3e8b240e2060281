/// How fresh each class of source is kept.
package struct FreshnessSettings: Equatable, Sendable {
    /// The directory's own key set.
    package var directory = Freshness(unusableAfter: .hours(72))
    /// Key sets of organisations.
    package var organisation = Freshness()
    /// Key sets of software statements.
    package var software = Freshness()
    /// Sets of revoked keys.
    package var revoked = Freshness()
    /// CRLs; each is used until its own nextUpdate.
    package var crl = ListFreshness()

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
            ListFreshness.settings,
            "CRLs; each is used until its own nextUpdate."
        ),
    ]
}
