extension PolicySettings {
    /// Application types of the specification; 3.4 says native where earlier versions say mobile.
    package enum ApplicationType: String, CaseIterable, Sendable {
        case web
        case mobile
        case native
    }
}
