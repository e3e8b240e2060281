/// What a record asks for (Open Banking UK DCR: POST, PUT, DELETE and GET /register).
package enum Operation: String, Sendable, CaseIterable {
    case register, update, delete, read
}
