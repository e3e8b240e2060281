/// Operations offered; others are refused.
package struct OperationSettings: Equatable, Sendable {
    /// Register a client.
    package var register = true
    /// Replace a client's registration.
    package var update = true
    /// Delete a client.
    package var delete = true
    /// Read a client's registration.
    package var read = true

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<OperationSettings>] = [
        Setting("register", \.register, .flag, "Register a client."),
        Setting("update", \.update, .flag, "Replace a client's registration."),
        Setting("delete", \.delete, .flag, "Delete a client."),
        Setting("read", \.read, .flag, "Read a client's registration."),
    ]
}
