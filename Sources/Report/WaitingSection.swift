import Operations

/// What requests wait for, most wanted first.
struct WaitingSection {
    let tally: ReportTally

    /// Rows shown, at most.
    private static let limit = 25

    func write(to html: HTMLWriter) {
        guard !tally.waits.isEmpty else { return }
        html.markup("<section><h2>What waits, and for what</h2><p class=\"note\">")
        html.text(
            "Missing or stale keys never refuse a request. It is tried again by itself once they are fetched; "
                + "what is wanted: counterfoil status --missing"
        )
        html.markup("</p><table><tr><th class=\"num\">Requests</th><th>They wait because</th></tr>")
        let waits = tally.waits.sorted {
            ($1.value, $0.key.message, $0.key.value ?? "") < ($0.value, $1.key.message, $1.key.value ?? "")
        }
        for (wait, count) in waits.prefix(Self.limit) {
            html.markup("<tr><td class=\"num\">")
            html.count(count)
            html.element("</td><td>", wait.message, "", limit: 300)
            if let value = wait.value { html.element("<br><code>", value, "</code>", limit: 200) }
            if !wait.rule.isEmpty { html.element(" <span class=\"rule\">", wait.rule, "</span>", limit: 40) }
            html.markup("</td></tr>")
        }
        let rest = waits.dropFirst(Self.limit).reduce(tally.otherWaits) { $0 + $1.value }
        if rest > 0 {
            html.markup("<tr><td class=\"num\">")
            html.count(rest)
            html.markup("</td><td>for other keys</td></tr>")
        }
        html.markup("</table></section>\n")
    }
}
