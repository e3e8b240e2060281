extension PolicySettings {
    /// Versions of the Open Banking dynamic client registration specification.
    package enum Profile: String, CaseIterable, Sendable {
        case v31 = "3.1"
        case v32 = "3.2"
        case v33 = "3.3"
        case v34 = "3.4"
    }
}
