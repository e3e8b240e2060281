import Encoding
import KeyCache
import OpenBanking
import Pipeline
import Rules

/// What came of judging a request again.
enum ReplayOutcome {
    /// The same verdict, on the same evidence.
    case same
    /// Another; in words, what differs.
    case different([String])
    /// Something that is needed was not kept.
    case missing(String)

    /// Compares with what was recorded; of another generation than the recorded one the evidence is another of course.
    static func of(_ judged: PastJudge.Judged, _ decision: PastDecision, isOwnState: Bool) -> ReplayOutcome {
        var differences: [String] = []
        let rules = judged.verdict.findings.filter { $0.severity == .error }.map(\.rule.name)
        // What the ledger refuses the rules let pass.
        let expected: Outcome = decision.isByLedger && decision.rules.isEmpty ? .accepted : decision.outcome
        if judged.verdict.outcome != expected {
            differences.append("\(judged.verdict.outcome.rawValue), was \(expected.rawValue)")
        }
        if rules != decision.rules { differences.append("broken \(words(rules)), was \(words(decision.rules))") }
        let relaxed = judged.verdict.outcome == .accepted ? judged.verdict.relaxations.map(\.rule.name) : []
        if relaxed != decision.relaxed, judged.verdict.outcome == .accepted {
            differences.append("relaxed \(words(relaxed)), was \(words(decision.relaxed))")
        }
        if isOwnState, judged.evidence != decision.evidence {
            differences.append("rests on \(judged.evidence), was \(decision.evidence)")
        }
        return differences.isEmpty ? .same : .different(differences)
    }

    private static func words(_ rules: [String]) -> String { rules.isEmpty ? "none" : rules.joined(separator: " ") }
}
