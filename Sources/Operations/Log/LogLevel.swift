/// How much a log line matters, from least to most.
package enum LogLevel: String, CaseIterable, Comparable, Sendable {
    case debug, info, notice, warning, error

    /// Less important first.
    package static func < (left: LogLevel, right: LogLevel) -> Bool { left.priority > right.priority }

    /// The syslog priority, as the journal reads it from a line's prefix: lower is worse.
    package var priority: Int {
        switch self {
        case .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        }
    }
}
