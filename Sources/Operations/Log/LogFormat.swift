/// Forms of a log line.
package enum LogFormat: String, CaseIterable, Sendable {
    case auto, text, json, journal

    /// The form `auto` stands for: journal under systemd (`JOURNAL_STREAM` is set), text on a terminal, JSON otherwise.
    package func resolved(journalStream: String?, terminal: Terminal) -> LogFormat {
        guard self == .auto else { return self }
        if terminal.isTerminal { return .text }
        return (journalStream ?? "").isEmpty ? .json : .journal
    }
}
