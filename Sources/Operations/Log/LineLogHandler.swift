import Encoding
import Logging

/// The handler behind the log: turns events into lines of one form.
struct LineLogHandler: LogHandler {
    let format: LogFormat
    var level: LogLevel
    let clock: Clock
    /// Where entries go as fields; nil where nobody takes them, and then they are lines.
    let journal: JournalSocket?
    let write: @Sendable (String) -> Void

    /// Kept because the protocol asks for it, never written: what libraries attach may hold anything.
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    init(
        format: LogFormat,
        level: LogLevel,
        clock: Clock,
        journal: JournalSocket? = nil,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.format = format
        self.journal = journal
        self.level = level
        self.clock = clock
        self.write = write
    }

    var logLevel: Logger.Level {
        get { Logger.Level(level) }
        set { level = LogLevel(newValue) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        write(level: LogLevel(event.level), event: nil, message: event.message.description, fields: [])
    }

    func write(level: LogLevel, event: String?, message: String, fields: [LogField]) {
        let line = LogLine(time: clock.now(), level: level, event: event, message: message, fields: fields)
        switch format {
        case .auto, .text: write(line.text)
        case .json: write(line.json)
        case .journal:
            // What the socket does not take goes the way of any output: systemd reads the level from the prefix.
            if journal?.send(JournalEntry(line: line).bytes) != true { write(line.journal) }
        }
    }
}

extension Logger.Level {
    init(_ level: LogLevel) {
        switch level {
        case .debug: self = .debug
        case .info: self = .info
        case .notice: self = .notice
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}

extension LogLevel {
    init(_ level: Logger.Level) {
        switch level {
        case .trace, .debug: self = .debug
        case .info: self = .info
        case .notice: self = .notice
        case .warning: self = .warning
        case .error, .critical: self = .error
        }
    }
}
