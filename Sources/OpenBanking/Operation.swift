/// What a record asks for (Open Banking UK DCR: POST, PUT, DELETE and GET /register).
package enum Operation: String, Sendable, CaseIterable {
    case register, update, delete, read

    /// True for what carries a software statement, and with it a signed request or an id_token.
    package var carriesStatement: Bool { self == .register || self == .update }
}
