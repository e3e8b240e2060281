import Encoding
import OpenBanking
import Operations

/// The head: one sentence, what it is about, the counts and a bar of them.
struct HeadSection {
    let facts: ReportFacts
    let tally: ReportTally

    func write(to html: HTMLWriter) {
        html.markup("<header><p class=\"brand\">Counterfoil ")
        html.text(facts.isRehearsal ? "rehearsal" : "report")
        html.element("</p>\n<h1 id=\"headline\">", ReportWords.headline(facts, tally), "</h1>\n")
        html.markup("<p class=\"lead\">")
        let others = ReportWords.others(tally)
        if !others.isEmpty { html.text("\(others) ") }
        html.text(ReportWords.keys(facts, tally))
        html.markup("</p>\n<ul class=\"meta\">")
        for item in meta { html.element("<li>", item, "</li>", limit: 200) }
        html.markup("</ul></header>\n")
        notices(html)
        html.markup("<section aria-label=\"Outcomes\"><ul class=\"cards\">")
        for outcome in Outcome.allCases { card(outcome, html) }
        html.markup("</ul>")
        OutcomeBar(tally.outcomes).write(to: html)
        html.markup("</section>\n")
    }

    private var meta: [String] {
        var items = [facts.subject]
        if let id = facts.batchID { items.append("batch \(id)") }
        items.append(facts.environment)
        if facts.isMigration { items.append("migration") }
        if let range = tally.decided {
            let (first, last) = (moment(range.lowerBound), moment(range.upperBound))
            let end =
                Timestamp.day(range.lowerBound) == Timestamp.day(range.upperBound) ? String(last.dropFirst(11)) : last
            items.append(first == last ? "decided \(first) UTC" : "decided \(first) to \(end) UTC")
        }
        if let last = facts.pace.last, last.milliseconds > 0 {
            items.append("\(Age.took(milliseconds: last.milliseconds)) of work")
        }
        return items
    }

    private func moment(_ time: UnixTime) -> String {
        String(Timestamp.rfc3339(time).dropLast().map { $0 == "T" ? " " : $0 })
    }

    /// What must not be overlooked.
    private func notices(_ html: HTMLWriter) {
        if facts.unanswered > 0 {
            let lines = Figure.plural(facts.unanswered, "line was", "lines were")
            html.markup("<section class=\"notice\"><h2>The batch was cancelled</h2><p>")
            html.text("\(lines) left without an answer. What was issued before stays issued.")
            html.markup("</p></section>\n")
        }
        if !facts.overrides.isEmpty || !tally.overridden.isEmpty {
            OverrideSection(facts: facts, tally: tally).write(to: html)
        }
    }

    private func card(_ outcome: Outcome, _ html: HTMLWriter) {
        let count = tally.count(outcome)
        html.markup("<li class=\"")
        html.text(outcome.rawValue)
        html.markup(count == 0 ? " none\"><b>" : "\"><b>")
        html.count(count)
        html.element("</b><span>", ReportWords.name(outcome), "")
        if count > 0 { html.text(" · \(ReportWords.share(count, of: tally.total))") }
        html.markup("</span></li>")
    }
}
