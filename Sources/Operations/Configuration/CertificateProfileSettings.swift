/// Kinds of transport certificate accepted.
package struct CertificateProfileSettings: Equatable, Sendable {
    /// OBWAC, issued by the directory to an organisation.
    package var obwac = PolicySettings.ProfileUse.allow
    /// Legacy directory certificates, issued to one software statement.
    package var legacy = PolicySettings.ProfileUse.refuse
    /// eIDAS QWACs; their issuers must be among trust.qualified_anchors.
    package var qwac = PolicySettings.ProfileUse.refuse

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<CertificateProfileSettings>] = [
        Setting("obwac", \.obwac, .choice(), "OBWAC, issued by the directory to an organisation."),
        Setting("legacy", \.legacy, .choice(), "Legacy directory certificates, issued to one software statement."),
        Setting("qwac", \.qwac, .choice(), "eIDAS QWACs; their issuers must be among trust.qualified_anchors."),
    ]
}
