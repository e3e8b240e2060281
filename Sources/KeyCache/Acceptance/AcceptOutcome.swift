/// What became of a body.
package enum AcceptOutcome: Sendable, Equatable {
    /// It took effect: so many keys came into use, left the set, and were revoked. All zero where only the text differs.
    case updated(added: Int, removed: Int, revoked: Int)
    /// It is the body in use, confirmed.
    case unchanged
    /// It waits for an operator; the last good one serves meanwhile.
    case held(id: Int64, rule: HoldRule)
    /// It cannot be used; the last good one serves, and the attempt counts as failed.
    case refused(Refusal)
}
