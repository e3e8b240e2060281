/// How the refresh of one source ended.
package enum RefreshOutcome: String, Sendable, CaseIterable {
    /// A new body took effect.
    case updated
    /// The body in use was confirmed.
    case unchanged
    /// No body came; the last good one serves.
    case unreachable
    /// A body came and cannot be used; the last good one serves.
    case invalid
    /// A suspicious body waits for an operator; the last good one serves.
    case held
    /// Not tried, for there is nothing to do: another process fetches it, or a wanted key can wait.
    case left
    /// Not tried: the host rests, or the pass was stopped.
    case skipped

    /// True when the source is not known to be current after the pass.
    package var isFailure: Bool { self == .unreachable || self == .invalid || self == .skipped }
}
