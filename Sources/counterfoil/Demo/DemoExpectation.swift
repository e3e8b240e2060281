import OpenBanking
import Operations
import Simulator

/// What must come of every request that was dropped.
struct DemoExpectation {
    private struct Wanted {
        var outcome: Outcome
        var rule: RuleID?
        var kind: String
    }

    private var wanted: [String: Wanted] = [:]
    /// Software whose requests wait until its next key is published.
    private(set) var waitingForSoftware: Set<String> = []
    /// Requests dropped a second time.
    var repeats = 0

    /// Expects of each item what the simulator says; one that waits for keys is accepted in the end.
    mutating func expect(_ items: [ForgedItem], brokenBy rule: RuleID? = nil) {
        for item in items {
            let said = item.expectation
            if item.fault == .unpublishedSoftwareKey { waitingForSoftware.insert(item.softwareID) }
            if let rule {
                wanted[item.name] = Wanted(outcome: .rejected, rule: rule, kind: "revoked half-way")
            } else if said.outcome == .deferred {
                wanted[item.name] = Wanted(outcome: .accepted, rule: nil, kind: "\(item.fault?.rawValue ?? "")")
            } else {
                wanted[item.name] = Wanted(outcome: said.outcome, rule: said.rule, kind: item.fault?.rawValue ?? "good")
            }
        }
    }

    /// Compares what was found, by the name each request carries as its `ref`.
    func compare(_ found: DemoResults) -> DemoComparison {
        var comparison = DemoComparison()
        for outcome in [Outcome.accepted, .rejected, .malformed] {
            let expected = wanted.values.count { $0.outcome == outcome }
            let got = found.last.values.count { $0.outcome == outcome }
            comparison.rows.append((outcome, expected, got))
        }
        comparison.rows.append((.duplicate, repeats, found.duplicates))
        comparison.rows.append((.deferred, 0, found.last.values.count { $0.outcome == .deferred }))
        comparison.rules = Set(wanted.values.compactMap(\.rule)).count
        comparison.kinds = Set(wanted.values.filter { $0.outcome != .accepted }.map(\.kind)).count
        comparison.clients = found.clientIDs
        for (name, want) in wanted.sorted(by: { $0.key < $1.key }) {
            guard let got = found.last[name] else {
                comparison.differences.append("\(name) (\(want.kind)): no result")
                continue
            }
            if got.outcome != want.outcome {
                let why = got.rules.map(\.name).joined(separator: " ")
                comparison.differences.append(
                    "\(name) (\(want.kind)): \(got.outcome.rawValue) \(why), not \(want.outcome.rawValue)"
                )
            } else if let rule = want.rule, !got.rules.contains(rule) {
                comparison.differences.append("\(name) (\(want.kind)): \(rule.name) is not among its findings")
            }
        }
        return comparison
    }
}
