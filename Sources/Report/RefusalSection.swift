import Encoding
import OpenBanking
import Operations

/// The first refusals, each with what is wrong and what to do.
struct RefusalSection {
    let facts: ReportFacts
    let tally: ReportTally

    /// Bytes the list may take; hostile text cannot make the page larger.
    private static let byteLimit = 180 << 10

    func write(to html: HTMLWriter) {
        let all = tally.count(.rejected) + tally.count(.malformed)
        guard all > 0 else { return }
        html.markup("<section><h2>Refusals, one by one</h2><p class=\"note\">")
        html.text(note(all))
        html.markup("</p><ol class=\"refusals\">")
        let start = html.buffer.count
        for result in tally.refusals where html.buffer.count - start < Self.byteLimit { write(result, html) }
        html.markup("</ol></section>\n")
    }

    private func note(_ all: Int) -> String {
        let shown = tally.refusals.count
        if shown == all { return "All of them, in the order of the results." }
        return
            "The first \(Figure.count(shown)) of \(Figure.count(all)); all are in the results, and in --csv and --ndjson."
    }

    private func write(_ result: ReportedResult, _ html: HTMLWriter) {
        html.markup("<li><div class=\"who\">")
        let place = result.line.map { "line \(Figure.count($0))" } ?? result.file
        html.text(result.reference.map { "\($0), \(place)" } ?? place, limit: 160)
        html.markup("</div>")
        let finding = result.deciding
        html.markup("<div class=\"why\">")
        if let finding {
            html.element("<span class=\"rule\">", finding.rule, "</span> ", limit: 40)
            html.text(finding.message, limit: 400)
            if let value = finding.value { html.element(" <code>", value, "</code>", limit: 160) }
        } else {
            html.text("no rule is named")
        }
        html.markup("</div>")
        if let finding { html.element("<div class=\"todo\"><b>What to do:</b> ", finding.remedy, "</div>", limit: 300) }
        html.markup("<div class=\"soft\">")
        html.text(details(result), limit: 400)
        html.markup("</div></li>\n")
    }

    private func details(_ result: ReportedResult) -> String {
        var parts: [String] = []
        if let status = result.status { parts.append("answered \(status)\(result.code.map { " \($0)" } ?? "")") }
        let others = Set(result.findings.filter { $0.severity == "error" }.map(\.rule)).subtracting([
            result.deciding?.rule ?? ""
        ])
        if !others.isEmpty { parts.append("also \(others.sorted().prefix(6).joined(separator: ", "))") }
        if let name = result.clientName { parts.append(String(name.prefix(80))) }
        if let id = result.softwareID { parts.append("software \(id.prefix(40))") }
        if let id = result.organisationID { parts.append("organisation \(id.prefix(40))") }
        parts.append("request sha256 \(result.requestSHA256.prefix(16))…")
        return parts.joined(separator: " · ")
    }
}
