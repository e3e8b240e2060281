import Encoding
import OpenBanking
import Operations

/// Replays as they come, and what they add up to.
struct ReplayReport {
    private let isJSON: Bool
    private let isQuiet: Bool
    /// Whether what is the same is told one by one too.
    private let tellsAll: Bool
    private var (same, different, missing) = (0, 0, 0)
    /// How many cannot be judged again for the same reason, and the first of them, in the order they came.
    private var reasons: [(what: String, first: Int64, count: Int)] = []

    init(isJSON: Bool, isQuiet: Bool, tellsAll: Bool) {
        (self.isJSON, self.isQuiet, self.tellsAll) = (isJSON, isQuiet, tellsAll)
    }

    /// 0 all the same, 2 some cannot be judged again, 3 some are judged otherwise.
    var exit: ExitCode { different > 0 ? .refused : missing > 0 ? .partial : .done }

    mutating func tell(_ decision: PastDecision, _ outcome: ReplayOutcome) {
        switch outcome {
        case .same: same += 1
        case .different: different += 1
        case .missing: missing += 1
        }
        if isJSON { return StandardOutput.line(json(decision, outcome)) }
        let place = "\(decision.result)\(decision.line.map { ", line \($0)" } ?? "")"
        let head = "\(decision.number)  \(Printable.text(place, limit: 400)), generation \(decision.generation)"
        switch outcome {
        case .same:
            let ledger = decision.isByLedger ? " by the rules; the ledger refused it (\(decision.rule ?? ""))" : ""
            if tellsAll, !isQuiet { StandardOutput.show("\(head): the same, \(decision.outcome.rawValue)\(ledger)\n") }
        case .different(let differences):
            StandardOutput.show(
                "\(head): OTHERWISE: \(differences.map { Printable.text($0, limit: 2000) }.joined(separator: "; "))\n"
            )
        case .missing(let what) where tellsAll: StandardOutput.show("\(head): cannot be judged again: \(what)\n")
        case .missing(let what):
            if let known = reasons.firstIndex(where: { $0.what == what }) {
                reasons[known].count += 1
            } else {
                reasons.append((what, decision.number, 1))
            }
        }
    }

    func finish() {
        if isJSON {
            let buffer = ByteBuffer()
            var json = JSONWriter(buffer)
            json.beginObject()
            json.member("v", 1)
            json.member("type", "summary")
            json.member("same", same)
            json.member("otherwise", different)
            json.member("missing", missing)
            json.endObject()
            return StandardOutput.line(buffer)
        }
        for reason in reasons {
            let whose =
                reason.count == 1
                ? "line \(reason.first)" : "\(Figure.count(reason.count)), the first is line \(reason.first)"
            StandardOutput.show("cannot be judged again: \(reason.what) (\(whose))\n")
        }
        guard !isQuiet else { return }
        let all = same + different + missing
        guard all > 0 else { return StandardOutput.show("no decision on a request\n") }
        StandardOutput.show(
            "\(Figure.count(all)) \(all == 1 ? "decision" : "decisions"): \(Figure.count(same)) the same, "
                + "\(Figure.count(different)) otherwise, \(Figure.count(missing)) cannot be judged again\n"
        )
    }

    private func json(_ decision: PastDecision, _ outcome: ReplayOutcome) -> ByteBuffer {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "replay")
        json.member("number", decision.number)
        json.member("request_sha256", decision.digest)
        json.member("result", decision.result)
        if let line = decision.line { json.member("line", Int64(line)) }
        json.member("snapshot", Int64(decision.generation))
        json.member("outcome", decision.outcome.rawValue)
        if decision.isByLedger { json.member("by_ledger", decision.rule) }
        switch outcome {
        case .same: json.member("replay", "same")
        case .different(let differences):
            json.member("replay", "otherwise")
            json.member("differences", differences)
        case .missing(let what):
            json.member("replay", "missing")
            json.member("missing", what)
        }
        json.endObject()
        return buffer
    }
}
