extension PolicySettings {
    /// What happens to software in Test mode in production.
    package enum TestSoftware: String, CaseIterable, Sendable {
        case warn
        case refuse
    }
}
