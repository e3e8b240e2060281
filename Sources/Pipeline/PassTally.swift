package import Ledger
package import OpenBanking
package import Spool

/// What one pass did, for its summary, the status and the exit code.
package struct PassTally: Sendable {
    package var counts = OutcomeCounts()
    /// Requests per rule that decided their refusal.
    package var refusals: [RuleID: Int] = [:]
    /// Files that went to `failed`, by name and reason.
    package var failed: [(name: String, reason: String)] = []
    /// Results that were committed and will not appear, by path and why: an operator must decide.
    package var lost: [(name: String, reason: String)] = []
    /// Batches finished in this pass, by file name.
    package var batches: [String] = []
    /// Result files that appeared.
    package var published = 0
    /// What deferred requests wait for.
    package var wanted: Set<WantedKey> = []
    package var milliseconds: Int64 = 0
    /// How fast requests were answered.
    package var pace = WorkPace()

    package init() {}

    /// Requests decided, put off or found to be repeats.
    package var requests: Int { counts.total }

    /// Notes a file that goes to `failed`, and why.
    package mutating func setAside(_ name: String, _ reason: FailureReason, _ detail: String) {
        failed.append((name, "\(detail) (\(reason.rawValue))"))
    }

    mutating func add(_ decision: Decision) {
        counts[decision.outcome] += 1
        if decision.outcome == .rejected || decision.outcome == .malformed, let rule = decision.rule {
            refusals[rule, default: 0] += 1
        }
        if decision.outcome == .deferred { wanted.formUnion(decision.wanted) }
    }
}
