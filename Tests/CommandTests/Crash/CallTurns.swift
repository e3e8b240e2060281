/// The turns of a run: each kind of turning point where it comes first, and where it comes first after each of the first
/// commits.
struct CallTurns {
    private var met: Set<String> = []
    private var commits = 0
    /// How many there were so far.
    private(set) var count = 0

    /// Whether a call, the next of the run, is the first of a turn.
    mutating func begins(with call: ChangingCall) -> Bool {
        defer { if call.isCommit { commits = min(commits + 1, Self.limit) } }
        guard call.isTurningPoint, met.insert("\(commits) \(call.kind)").inserted else { return false }
        count += 1
        return true
    }

    /// Recovery commits what it publishes, then each group; from the third on one is like another.
    private static let limit = 3
}
