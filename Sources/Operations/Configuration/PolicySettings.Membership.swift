extension PolicySettings {
    /// Whose key set must hold the transport certificate.
    package enum Membership: String, CaseIterable, Sendable {
        case software
        case softwareOrOrganisation = "software-or-org"
        case chainOnly = "chain-only"
        case off
    }
}
