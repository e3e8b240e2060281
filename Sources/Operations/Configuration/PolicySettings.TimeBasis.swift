extension PolicySettings {
    /// By which time a request's own times are judged.
    package enum TimeBasis: String, CaseIterable, Sendable {
        case arrival
        case received = "received-at"
    }
}
