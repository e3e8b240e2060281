import Operations

/// The log of a long run, in the form its reader takes.
enum DaemonLog {
    static func make(_ configuration: Configuration, _ options: SettingsOptions) -> Log {
        let settings = configuration.log
        let format = settings.format.resolved(
            journalStream: Environment["JOURNAL_STREAM"],
            terminal: Terminal(descriptor: 2)
        )
        let level: LogLevel = options.quiet ? .warning : options.verbose ? .debug : settings.level
        return Log(format, level: level)
    }
}
