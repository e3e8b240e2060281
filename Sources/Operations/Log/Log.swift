import Encoding
package import Logging

/// What the program says to whoever runs it: events with typed fields, on standard error.
///
/// A value to pass along; copies write to the same place.
package struct Log: Sendable {
    private let handler: LineLogHandler

    /// A log in a form (not `auto`), from a level up, with the times of `clock`.
    ///
    /// Of the form journal, entries go to `journal` where there is one, and as lines where not.
    package init(
        _ format: LogFormat,
        level: LogLevel,
        clock: Clock = .system,
        journal: JournalSocket? = nil,
        write: @escaping @Sendable (String) -> Void = { StandardError.write($0) }
    ) {
        handler = LineLogHandler(format: format, level: level, clock: clock, journal: journal, write: write)
    }

    /// Nothing is written.
    package static let silent = Log(.text, level: .error) { _ in }

    /// Whether lines of `level` are written: worth asking before fields are gathered in a loop.
    package func writes(_ level: LogLevel) -> Bool { level >= handler.level }

    /// Says that `event` happened, at the event's own level.
    package func callAsFunction(_ event: Event, _ message: StaticString, _ fields: LogField...) {
        write(event, message, fields)
    }

    /// The same with fields gathered by the caller.
    package func write(_ event: Event, _ message: StaticString, _ fields: [LogField]) {
        guard writes(event.level) else { return }
        handler.write(level: event.level, event: event.rawValue, message: message.description, fields: fields)
    }

    /// A swift-log logger that writes to the same place, for libraries that take one; its metadata is not written.
    package func logger(label: String) -> Logger {
        Logger(label: label) { _ in handler }
    }
}
