extension PolicySettings {
    /// Response types of the specification.
    package enum ResponseType: String, CaseIterable, Sendable {
        case code
        case codeIDToken = "code id_token"
    }
}
