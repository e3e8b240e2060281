extension PolicySettings {
    /// Whether a kind of certificate is accepted.
    package enum ProfileUse: String, CaseIterable, Sendable {
        case allow
        case refuse
    }
}
