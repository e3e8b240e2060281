import Operations

/// The rules whose severity the bank has changed: nobody should have to look for them.
struct OverrideSection {
    let facts: ReportFacts
    let tally: ReportTally

    func write(to html: HTMLWriter) {
        html.markup("<section class=\"notice\"><h2>Rules with a changed severity</h2>")
        html.markup("<p class=\"note\">The bank's configuration judges these otherwise than the rule book.</p><table>")
        html.markup("<tr><th>Rule</th><th>What it asks</th><th>Now</th><th class=\"num\">Results</th></tr>")
        let configured = Dictionary(
            facts.overrides.map { ($0.rule, $0.severity) },
            uniquingKeysWith: { first, _ in first }
        )
        for rule in Set(configured.keys).union(tally.overridden.keys).sorted() {
            html.element("<tr><td><span class=\"rule\">", rule, "</span></td>", limit: 40)
            html.element("<td>", facts.words(rule) ?? "", "</td>", limit: 300)
            html.element("<td class=\"word\">", configured[rule] ?? "not any more", "</td><td class=\"num\">")
            html.count(tally.overridden[rule, default: 0])
            html.markup("</td></tr>")
        }
        html.markup("</table></section>\n")
    }
}
