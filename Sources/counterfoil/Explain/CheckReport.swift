import Encoding
import Ledger
import OpenBanking
import Operations
import Pipeline
import Rules

/// Verdicts as they come, one line each, and what they add up to.
struct CheckReport {
    private let isJSON: Bool
    private let isQuiet: Bool
    private var counts = OutcomeCounts()
    private var hasLines = false

    init(isJSON: Bool, isQuiet: Bool) {
        self.isJSON = isJSON
        self.isQuiet = isQuiet
    }

    /// Tells one verdict; of a batch, an accepted line is only counted.
    mutating func tell(_ file: String, _ line: Int?, _ judged: Judged) {
        counts[judged.outcome] += 1
        if line != nil { hasLines = true }
        if isJSON {
            writeJSON(file, line, judged)
        } else if !isQuiet, line == nil || judged.outcome != .accepted {
            let place = line.map { ":\($0)" } ?? ""
            StandardOutput.show("\(Printable.text(file, limit: 400))\(place): \(Self.words(judged))\n")
        }
    }

    /// Tells what a batch adds up to.
    func finish() {
        if isJSON {
            writeSummary()
        } else if hasLines, !isQuiet {
            let all = Outcome.allCases.filter { $0 != .duplicate || counts.duplicate > 0 }
            StandardOutput.show(
                all.map { "\($0.rawValue) \(Figure.count(counts[$0]))" }.joined(separator: "   ") + "\n"
            )
        }
    }

    /// 0 accepted, 1 rejected, 2 malformed, 3 deferred: the worst that came.
    var worst: Int32 {
        if counts.malformed > 0 { return 2 }
        if counts.rejected > 0 { return 1 }
        return counts.deferred > 0 ? 3 : 0
    }

    private static func words(_ judged: Judged) -> String {
        if judged.outcome == .duplicate { return "duplicate   \(PriorWords.text(judged))" }
        let verdict = judged.answer.verdict
        let deciding =
            verdict.outcome == .deferred ? verdict.findings.first { $0.severity == .deferral } : verdict.primary
        guard verdict.outcome != .accepted, let finding = deciding else { return verdict.outcome.rawValue }
        let value = finding.value.map { ": \($0)" } ?? ""
        return "\(verdict.outcome.rawValue)   \(finding.message)\(value) (\(finding.rule.name))"
    }

    private func writeJSON(_ file: String, _ line: Int?, _ judged: Judged) {
        let verdict = judged.answer.verdict
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "verdict")
        json.member("file", file)
        if let line { json.member("line", Int64(line)) }
        json.member("outcome", verdict.outcome.rawValue)
        PriorWords.write(judged, to: &json)
        json.name("findings")
        json.beginArray()
        for finding in verdict.findings { ResultDocument.write(finding, to: &json) }
        json.endArray()
        json.endObject()
        StandardOutput.line(buffer)
    }

    private func writeSummary() {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1)
        json.member("type", "summary")
        json.name("outcomes")
        json.beginObject()
        for outcome in Outcome.allCases {
            json.name(outcome.rawValue)
            json.integer(counts[outcome])
        }
        json.endObject()
        json.endObject()
        StandardOutput.line(buffer)
    }
}
