extension PolicySettings {
    /// Whose key set may hold the key of a request.
    package enum RequestKeys: String, CaseIterable, Sendable {
        case software
        case softwareOrOrganisation = "software-or-org"
    }
}
