extension DirectorySettings {
    /// The addresses the names of hosts may lead to.
    package enum Reach: String, CaseIterable, Sendable {
        case `public`
        case `private`
    }
}
