extension PolicySettings {
    /// What a further registration of the same software_id does.
    package enum Duplicates: String, CaseIterable, Sendable {
        case many
        case update
        case refuse
    }
}
