import Encoding
import Ledger
import OpenBanking
import Operations
import Pipeline
import Rules

/// A pass as people read it.
enum PassScreen {
    /// Rules shown at most.
    private static let ruleLimit = 10

    static func text(_ result: PassResult) -> String {
        var lines = [keys(result), outcomes(result)]
        let tally = result.tally
        if result.isDryRun {
            lines.append("dry run: nothing was taken or written")
        } else if tally.published > 0 {
            lines.append("results  \(result.resultsFolder)")
        }
        lines += refusals(tally)
        lines += listed("\(result.isDryRun ? "would be set aside" : "set aside") in failed/:", tally.failed)
        lines += listed("lost, an operator must decide:", tally.lost)
        lines += waiting(result)
        if result.wasStopped {
            lines.append("stopped: what was in flight is finished, the rest is taken by the next pass")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func keys(_ result: PassResult) -> String {
        // What a bundle brought lives as long as the bundle.
        let limit =
            result.refresh.mode == .online ? " (limit \(result.refresh.classes.directory.unusableAfter))" : ""
        let age = result.keys.fetchedAt.map { ", \(Age.text(seconds: result.now - $0)) old\(limit)" }
        return "keys: snapshot \(Figure.count(result.generation)), \(result.keys.word)\(age ?? "")"
    }

    private static func outcomes(_ result: PassResult) -> String {
        let counts = result.tally.counts
        let shown = Outcome.allCases.map { "\($0.rawValue) \(Figure.count(counts[$0]))" }.joined(separator: "   ")
        let rate = result.rate.map { "   \(Figure.count($0)) requests/s" } ?? ""
        return "\(shown)        \(Age.took(milliseconds: result.tally.milliseconds))\(rate)"
    }

    private static func refusals(_ tally: PassTally) -> [String] {
        guard !tally.refusals.isEmpty else { return [] }
        let sorted = tally.refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var table = TextTable(columns: [.left, .right, .left], indent: 2)
        for (rule, count) in sorted.prefix(ruleLimit) {
            table.add([rule.name, Figure.count(count), RuleEntry.of(rule)?.statement ?? ""])
        }
        let more = sorted.count - ruleLimit
        let lines = ["refused by rule:"] + table.text.split(separator: "\n").map(String.init)
        return lines + (more > 0 ? ["  and \(Figure.plural(more, "rule", "rules")) more"] : [])
    }

    private static func listed(_ title: String, _ files: [(name: String, reason: String)]) -> [String] {
        guard !files.isEmpty else { return [] }
        let limit = MessageList.limit
        let more = files.count - limit
        let shown = files.prefix(limit).map {
            "  \(Printable.text($0.name)): \(Printable.text($0.reason, limit: 300))"
        }
        return [title] + shown + (more > 0 ? ["  and \(Figure.count(more)) more"] : [])
    }

    private static func waiting(_ result: PassResult) -> [String] {
        let deferred = result.isDryRun ? result.tally.counts.deferred : result.waiting
        guard deferred > 0 else { return [] }
        let subject = deferred == 1 ? "1 request waits" : "\(Figure.count(deferred)) requests wait"
        let again = deferred == 1 ? "it is tried again" : "they are tried again"
        let next = result.refresh.mode == .online ? "refresh" : "bundle"
        let end = result.isDryRun ? "would wait for keys not in the cache." : "after the next \(next)."
        if result.isDryRun { return ["\(Figure.plural(deferred, "request", "requests")) \(end)"] }
        return [
            "\(subject) for keys not in the cache, or too old; \(again) \(end)",
            "  see what is missing: counterfoil status --missing",
        ]
    }
}
