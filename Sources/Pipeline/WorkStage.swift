/// The stages of a group, by which its time is told.
enum WorkStage: String, CaseIterable, Sendable {
    /// Files or lines are read, and requests judged, in parallel and while the group before is decided.
    case judge
    /// The ledger has its say, request by request.
    case decide
    /// Results are written and made durable.
    case stage
    /// The transaction becomes durable.
    case commit
    /// Results appear and inputs are archived.
    case publish
}
