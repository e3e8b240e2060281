/// The file docs/EVENTS.md: every event with its level, meaning and fields.
///
/// The file is this text; a test compares the two.
package enum EventDocument {
    /// The whole file.
    package static var text: String {
        var lines = [
            "# Events", "",
            "Each line of the log names one of these events and says it once more in words (`msg`). In JSON a line has `ts`,",
            "`level`, `event` and `msg`, then the fields below; as text the fields follow as `name=value`. In the journal they",
            "are fields of their own, `COUNTERFOIL_EVENT` and `COUNTERFOIL_` with each name in capitals, and `MESSAGE_ID`",
            "stands for the event: `journalctl MESSAGE_ID=…` or `journalctl COUNTERFOIL_EVENT=source.state`.",
            "",
            "`log.format: auto` takes the journal where systemd reads standard error (`JOURNAL_STREAM`), text on a terminal,",
            "JSON otherwise. Long values end in `…`.",
            "",
            "No field holds a secret, a whole token or a claim that is private. Levels are, from least to most,",
            "\(LogLevel.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")); `log.level` chooses the least that is"
                + " written.",
            "",
            "| event | level | meaning |", "|---|---|---|",
        ]
        lines += Event.allCases.map { "| `\($0.rawValue)` | \($0.level.rawValue) | \($0.meaning) |" }
        lines += ["", "## Fields", "", "| event | fields |", "|---|---|"]
        lines += Event.allCases.filter { !$0.fields.isEmpty }.map { event in
            "| `\(event.rawValue)` | \(event.fields.map { "`\($0)`" }.joined(separator: ", ")) |"
        }
        lines += ["", "## Numbers in the journal", "", "| event | `MESSAGE_ID` |", "|---|---|"]
        lines += Event.allCases.map { "| `\($0.rawValue)` | `\(EventID.of($0.rawValue))` |" }
        return lines.joined(separator: "\n") + "\n"
    }
}
