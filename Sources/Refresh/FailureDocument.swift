import Fetch
import KeyCache

/// docs/FAILURES.md: every stable name a refresh reports, what it means and what to do.
package enum FailureDocument {
    /// The document, ended by a line feed.
    package static let text = """
        # Failures of a refresh

        Each failure of a source has one of these names: as `code` in `counterfoil refresh --json` and in the event
        `source.state` of the log, as the last error `status` shows, and as a label of the metrics. Names are stable, and there
        are no others. None of them costs a key: the last good body of the source stays in use until it is too old, and
        then requests wait.

        ## No body came

        \(FetchFailureKind.allCases.map { entry($0.rawValue, $0.meaning, $0.remedy) }.joined(separator: "\n"))

        `status` is followed by the number, but for the metrics: `status_503`.

        ## The body is not used

        \(BodyFailureKind.allCases.map { entry($0.rawValue, $0.meaning, $0.remedy) }.joined(separator: "\n"))

        """

    /// An entry of a list: the name and its meaning, the remedy below, no line wider than 118 columns.
    private static func entry(_ code: String, _ meaning: String, _ remedy: String) -> String {
        wrapped("* `\(code)`: \(meaning).") + "\n" + wrapped("  \(remedy)")
    }

    private static func wrapped(_ text: String) -> String {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.count + word.count >= 117 {
                lines.append(line)
                line = ""
            }
            // The star stands before the first line only; all the others are indented.
            line += line.isEmpty ? (word == "*" ? "" : "  ") + word : " " + word
        }
        return (lines + [line]).joined(separator: "\n")
    }
}
