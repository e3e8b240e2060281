import Fetch

/// docs/FAILURES.md: every stable name a refresh reports, what it means and what to do.
package enum FailureDocument {
    /// The document, ended by a line feed.
    package static let text = """
        # Failures of a refresh

        Each failure of a source has one of these names: as `code` in `counterfoil refresh --json` and in the event
        `source.state` of the log, and as the last error `status` shows. Names are stable. None of them costs a key: the
        last good body of the source stays in use until it is too old, and then requests wait.

        ## No body came

        \(FetchFailureKind.allCases.map { entry($0.rawValue, $0.meaning, $0.remedy) }.joined(separator: "\n"))

        `status` is followed by the number: `status_503`.

        ## The body is not used

        \(bodies.map { entry($0.code, $0.meaning, $0.remedy) }.joined(separator: "\n"))

        """

    private static let publisher = "Look at the body by hand; whoever publishes it has to mend it."
    private static let bodies: [(code: String, meaning: String, remedy: String)] = [
        ("jwks.*", "no key set: `too_large`, `not_utf8`, `json`, `not_object`, `no_keys`, `too_many_keys`", publisher),
        ("jwks.no_usable_key", "no key of the set can be used, and the source had some", publisher),
        ("crl_*", "no revocation list, or not signed by a known authority", publisher),
        ("crl_older", "the list is older than the one in use", "Look for a cache between; a newer list mends it."),
        ("crl_out_of_date", "the list's nextUpdate is past, that of the one in use is not", publisher),
        ("crl_from_future", "the list's thisUpdate is in the future", "Check this machine's clock."),
        ("not_modified_without_body", "304, but the body is gone", "Nothing; the body is asked for at once."),
        (
            "held.*", "a suspicious change waits for an operator",
            "Compare with the publisher, then accept or reject it."
        ),
        ("hold.rejected", "an operator rejected this very body", "Nothing, or wait for the publisher's next one."),
        ("copy_too_old", "the mirror's copy is older than it may be used", "Bring a newer mirror."),
        ("copy_older", "the mirror's copy is older than the one in use", "Nothing, or bring a newer mirror."),
        ("copy_from_future", "the mirror's time is in the future", "Check `.fetched_at` and this machine's clock."),
    ]

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
