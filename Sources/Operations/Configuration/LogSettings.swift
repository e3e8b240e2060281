/// What is logged, and in which form.
package struct LogSettings: Equatable, Sendable {
    /// auto: journal under systemd, text on a terminal, JSON otherwise.
    package var format = LogFormat.auto
    /// The least level that is written.
    package var level = LogLevel.info

    /// Everything at its default.
    package init() {}

    static let settings: [Setting<LogSettings>] = [
        Setting("format", \.format, .choice(), "auto: journal under systemd, text on a terminal, JSON otherwise."),
        Setting("level", \.level, .choice(), "The least level that is written."),
    ]
}
