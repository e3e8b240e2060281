/// Forms of a log line.
package enum LogFormat: String, CaseIterable, Sendable {
    case auto, text, json, journal

    /// The form `auto` stands for: text on a terminal, journal where systemd reads the stream, JSON otherwise.
    ///
    /// `journalStream` is the variable of that name, `stream` the same of the stream in use: the variable outlives a
    /// redirection, and what goes to a file then is not for the journal.
    package func resolved(journalStream: String?, stream: String?, terminal: Terminal) -> LogFormat {
        guard self == .auto else { return self }
        if terminal.isTerminal { return .text }
        guard let journalStream, !journalStream.isEmpty else { return .json }
        return journalStream == stream ? .journal : .json
    }
}
