package import Encoding
import OpenBanking
import Operations

/// The report as one file for people: style and drawings inside, no script, nothing fetched.
package struct ReportPage {
    private let facts: ReportFacts
    private let tally: ReportTally

    package init(_ facts: ReportFacts, _ tally: ReportTally) {
        (self.facts, self.tally) = (facts, tally)
    }

    /// Appends the page to `buffer`.
    package func write(to buffer: ByteBuffer) {
        let html = HTMLWriter(buffer)
        html.markup(
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
            <title>
            """
        )
        html.text("\(facts.subject): \(ReportWords.headline(facts, tally))")
        html.markup("</title>\n<style>")
        html.markup(ReportStyle.sheet)
        html.markup("</style></head>\n<body><main>\n")
        HeadSection(facts: facts, tally: tally).write(to: html)
        RuleSection(facts: facts, tally: tally).write(to: html)
        WaitingSection(tally: tally).write(to: html)
        PaceSection(facts: facts).write(to: html)
        OrganisationSection(tally: tally).write(to: html)
        RefusalSection(facts: facts, tally: tally).write(to: html)
        MigrationSection(facts: facts, tally: tally).write(to: html)
        ProofSection(facts: facts, tally: tally).write(to: html)
        html.markup("</main></body></html>\n")
    }
}
