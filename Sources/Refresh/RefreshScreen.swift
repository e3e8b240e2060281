package import Encoding
import KeyCache
import Operations

/// A report as people and programs read it.
package enum RefreshScreen {
    /// One line a source that is not simply unchanged (all with `verbose`), then the sums and what they mean.
    package static func text(_ report: RefreshReport, verbose: Bool = false) -> String {
        var table = TextTable(columns: [.left, .left, .left, .left])
        for line in report.lines where verbose || line.outcome != .unchanged {
            table.add([SourceName.word(line.class), line.name, line.outcome.rawValue, line.reason])
        }
        var text = table.text
        text += sums(report) + "\n"
        for remark in remarks(report) { text += remark + "\n" }
        return text
    }

    /// `2,114 due   38 updated  2,071 unchanged  4 unreachable  1 held     11.4 s   snapshot 419`.
    private static func sums(_ report: RefreshReport) -> String {
        let counts = RefreshOutcome.allCases.compactMap { outcome -> String? in
            let count = report.count(outcome)
            return count > 0 ? "\(Figure.count(count)) \(outcome.rawValue)" : nil
        }
        var parts = ["\(Figure.count(report.due)) due"]
        if !counts.isEmpty { parts.append(counts.joined(separator: "  ")) }
        parts.append(Age.took(milliseconds: report.milliseconds))
        parts.append("snapshot \(report.generationAfter)")
        return parts.joined(separator: "   ")
    }

    /// What the sums mean, and what to do.
    private static func remarks(_ report: RefreshReport) -> [String] {
        var remarks: [String] = []
        if report.wasStopped { remarks.append("Stopped before every source had its turn; the rest stays due.") }
        if report.failed > 0 {
            let failed = Figure.plural(report.failed, "source", "sources")
            let all = report.verdict == .failed ? "Every source failed" : "\(failed) failed"
            remarks.append("\(all), last good keys kept.")
        }
        if report.undated > 0 {
            let copies = Figure.plural(report.undated, "copy", "copies")
            remarks.append("The mirror does not say when \(copies) came from the server; now is taken:  --mirror-time")
        }
        let held = report.count(.held)
        if held > 0 {
            let what = held == 1 ? "1 source is held" : "\(Figure.count(held)) sources are held"
            remarks.append("\(what), last good keys kept:  counterfoil keys hold list")
        }
        return remarks
    }

    /// The report as one JSON object with `"v":1`, a line end after it.
    package static func json(_ report: RefreshReport) -> ByteBuffer {
        let buffer = ByteBuffer()
        var writer = JSONWriter(buffer)
        writer.beginObject()
        writer.member("v", 1)
        writer.member("started_at", Timestamp.rfc3339(report.startedAt))
        writer.member("ms", report.milliseconds)
        writer.member("verdict", report.verdict.rawValue)
        writer.member("stopped", report.wasStopped)
        writer.member("generation_before", report.generationBefore)
        writer.member("generation", report.generationAfter)
        writer.member("due", report.due)
        writer.member("undated", report.undated)
        for outcome in RefreshOutcome.allCases {
            writer.name(outcome.rawValue)
            writer.integer(report.count(outcome))
        }
        writer.name("sources")
        writer.beginArray()
        for line in report.lines { write(line, &writer) }
        writer.endArray()
        writer.endObject()
        buffer.append(UInt8(ascii: "\n"))
        return buffer
    }

    private static func write(_ line: RefreshLine, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("url", line.url)
        writer.member("class", line.class.rawValue)
        writer.member("outcome", line.outcome.rawValue)
        writer.member("code", line.code)
        writer.member("reason", line.reason)
        writer.member("remedy", line.remedy)
        writer.member("last_good", line.lastGood.map { Timestamp.rfc3339($0) })
        writer.member("ms", line.milliseconds)
        writer.endObject()
    }
}
