import Glibc
import Operations

/// The log of a long run, in the form its reader takes.
enum DaemonLog {
    static func make(_ configuration: Configuration, _ options: SettingsOptions) -> Log {
        let settings = configuration.log
        let format = settings.format.resolved(
            journalStream: Environment["JOURNAL_STREAM"],
            stream: identity(of: STDERR_FILENO),
            terminal: Terminal(descriptor: STDERR_FILENO)
        )
        let level: LogLevel = options.quiet ? .warning : options.verbose ? .debug : settings.level
        return Log(format, level: level, journal: format == .journal ? JournalSocket() : nil)
    }

    /// `device:inode`, as systemd names the stream it reads.
    private static func identity(of descriptor: Int32) -> String? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return nil }
        return "\(status.st_dev):\(status.st_ino)"
    }
}
