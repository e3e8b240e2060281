/// Forms of a log line.
package enum LogFormat: String, CaseIterable, Sendable {
    case auto
    case text
    case json
    case journal
}
