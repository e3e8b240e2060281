import ArgumentParser
import Operations
import Spool

/// The daemon: refreshes on schedule, processes what arrives, until it is told to stop.
struct RunCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Refresh on schedule and process what arrives, until told to stop.",
        discussion: """
            SIGTERM and SIGINT finish what is in flight and end with 143 and 130; SIGHUP reads the configuration again \
            and keeps the old one where the new one has a fault; paths and how keys are fetched change with the next \
            start. SIGUSR1 logs one status line.
            """
    )

    @OptionGroup var settings: SettingsOptions

    @Flag(help: "End as soon as a first snapshot of keys is there.")
    var onceReady = false

    var isForProgram: Bool { false }

    mutating func perform() throws(Failure) -> ExitStatus {
        ProcessPrivacy.enter()
        let site = try Site(settings)
        let log = DaemonLog.make(site.configuration, settings)
        let daemon = try Daemon(site: site, options: settings, log: log)
        return ExitStatus(try daemon.run(onceReady: onceReady))
    }
}
