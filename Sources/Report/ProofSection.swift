import Encoding
import Operations

/// What the report rests on: snapshot, policy, program, and the digests of the files.
struct ProofSection {
    let facts: ReportFacts
    let tally: ReportTally

    func write(to html: HTMLWriter) {
        html.markup("<section><h2>What this rests on</h2><dl>")
        if let range = tally.snapshots {
            let numbers =
                range.lowerBound == range.upperBound
                ? Figure.count(range.lowerBound)
                : "\(Figure.count(range.lowerBound)) to \(Figure.count(range.upperBound))"
            item("Snapshot of keys", numbers, html)
        }
        item("Environment", facts.environment, html)
        if let start = facts.startedAt { item("Begun", Timestamp.rfc3339(start), html) }
        if let end = facts.finishedAt { item("Last step", Timestamp.rfc3339(end), html) }
        if let digest = facts.policyDigest { item("Configuration", "sha256 \(digest)", html) }
        if let host = facts.host { item("Host", host, html) }
        item("Program", facts.versions.map { "\($0.name) \($0.version)" }.joined(separator: ", "), html)
        for file in facts.files {
            var text = file.name
            if let bytes = file.bytes { text += ", \(Figure.bytes(bytes))" }
            if let digest = file.sha256 { text += ", sha256 \(digest)" }
            item("File", text, html)
        }
        html.markup("</dl></section>\n<footer>")
        html.text(
            "Written \(Timestamp.rfc3339(facts.writtenAt)). This page holds no secret, runs no script and fetches nothing."
        )
        html.markup("</footer>\n")
    }

    private func item(_ name: String, _ value: String, _ html: HTMLWriter) {
        guard !value.isEmpty else { return }
        html.element("<dt>", name, "</dt>")
        html.element("<dd><code>", value, "</code></dd>", limit: 400)
    }
}
