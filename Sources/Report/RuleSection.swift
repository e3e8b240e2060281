import Operations

/// Why requests were refused: a row for each rule that decided, in plain words.
struct RuleSection {
    let facts: ReportFacts
    let tally: ReportTally

    /// Rows in view; the rest is behind one line that opens.
    private static let limit = 12

    func write(to html: HTMLWriter) {
        let rules = tally.rules.filter { $0.value.decided > 0 || $0.value.found > 0 }
            .sorted { ($1.value.decided, $1.value.found, $0.key) < ($0.value.decided, $0.value.found, $1.key) }
        guard let first = rules.first else { return }
        html.markup("<section><h2>Why requests were refused</h2><p class=\"note\">")
        html.text(
            "A request is decided by the first rule it breaks; found counts every request that breaks the rule. "
                + "A rule in full: counterfoil rules \(first.key)"
        )
        html.markup("</p>")
        table(rules.prefix(Self.limit), most: first.value.decided, html)
        let rest = rules.dropFirst(Self.limit)
        if !rest.isEmpty {
            html.element("<details><summary>", Figure.plural(rest.count, "more rule", "more rules"), "</summary>")
            table(rest, most: first.value.decided, html)
            html.markup("</details>")
        }
        html.markup("</section>\n")
    }

    private func table(
        _ rules: ArraySlice<(key: String, value: ReportTally.RuleCount)>,
        most: Int,
        _ html: HTMLWriter
    ) {
        html.markup("<table><tr><th>Rule</th><th>What it asks</th><th class=\"num\">Decided</th>")
        html.markup("<th class=\"wide\"></th><th class=\"num hide\">Found</th></tr>")
        for (rule, count) in rules {
            html.element("<tr><td><span class=\"rule\">", rule, "</span></td>", limit: 40)
            html.element("<td>", facts.words(rule) ?? "", "</td><td class=\"num\">", limit: 300)
            html.count(count.decided)
            html.markup("</td><td class=\"wide\"><div class=\"bar\"><i class=\"fr\" style=\"width:")
            html.coordinate(most == 0 ? 0 : Double(count.decided) * 100 / Double(most))
            html.markup("%\"></i></div></td><td class=\"num hide\">")
            html.count(count.found)
            html.markup("</td></tr>")
        }
        html.markup("</table>")
    }
}
