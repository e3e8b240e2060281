import Operations

/// What a migration took over, and which rules it judged as of the past.
struct MigrationSection {
    let facts: ReportFacts
    let tally: ReportTally

    func write(to html: HTMLWriter) {
        guard facts.isMigration else { return }
        html.markup("<section><h2>Migration</h2><p class=\"note\">")
        let clients = Figure.plural(facts.clientsTakenOver, "client was", "clients were")
        html.text("\(clients) taken over with the id and secret they have. Rules judged as of the bank's own date:")
        html.markup("</p>")
        if tally.relaxations.isEmpty {
            html.markup("<p>None: everything holds today.</p>")
        } else {
            html.markup("<table><tr><th>Rule</th><th>What it asks</th><th class=\"num\">Results</th></tr>")
            for (rule, count) in tally.relaxations.sorted(by: { $0.key < $1.key }) {
                html.element("<tr><td><span class=\"rule\">", rule, "</span></td>", limit: 40)
                html.element("<td>", facts.words(rule) ?? "", "</td><td class=\"num\">", limit: 300)
                html.count(count)
                html.markup("</td></tr>")
            }
            html.markup("</table>")
        }
        html.markup("</section>\n")
    }
}
