import OpenBanking
import Operations

/// The organisations with the most requests.
struct OrganisationSection {
    let tally: ReportTally

    /// Rows shown, at most.
    private static let limit = 20

    func write(to html: HTMLWriter) {
        let all = tally.organisations.values.sorted { ($1.total, $0.id) < ($0.total, $1.id) }
        guard !all.isEmpty else { return }
        html.markup("<section><h2>Organisations</h2><p class=\"note\">")
        html.text(note(all.count))
        html.markup("</p><table><tr><th>Organisation</th><th class=\"num\">Requests</th>")
        html.markup("<th class=\"num\">Accepted</th><th class=\"num\">Refused</th><th class=\"wide\"></th></tr>")
        for organisation in all.prefix(Self.limit) {
            html.markup("<tr><td>")
            if let name = organisation.name {
                html.element("", name, "<br>", limit: 120)
            }
            html.element("<code>", organisation.id, "</code></td><td class=\"num\">", limit: 60)
            html.count(organisation.total)
            html.markup("</td><td class=\"num\">")
            html.count(organisation.outcomes[.accepted, default: 0])
            html.markup("</td><td class=\"num\">")
            html.count(organisation.outcomes[.rejected, default: 0])
            html.markup("</td><td class=\"wide\">")
            OutcomeBar(organisation.outcomes).write(to: html)
            html.markup("</td></tr>")
        }
        html.markup("</table></section>\n")
    }

    private func note(_ count: Int) -> String {
        var text =
            count > Self.limit
            ? "The \(Self.limit) with the most requests, of \(Figure.count(count))."
            : "\(Figure.plural(count, "organisation", "organisations"))."
        let unknown = tally.unknownOrganisation + tally.otherOrganisations
        if unknown > 0 {
            text += " \(Figure.plural(unknown, "result names", "results name")) none: a software statement that did not"
            text += " verify, or a repeat."
        }
        return text
    }
}
