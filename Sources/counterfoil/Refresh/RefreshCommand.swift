import ArgumentParser
import Encoding
import Operations
import Refresh

/// One round over the sources of keys.
struct RefreshCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "refresh",
        abstract: "Fetch key sets and revocation lists into the cache.",
        discussion: """
            Says nothing when all is well and nobody looks, so that cron mails on trouble only.

            Examples:
              counterfoil refresh
              counterfoil refresh --all --mirror /media/keys
              counterfoil refresh --wanted /media/wanted.json
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var meter: ProgressOptions

    @Flag(help: "Every source, due or not.")
    var all = false

    @Option(help: "The source with this URL.")
    var source: String?

    @Option(help: "The sources of this organisation.")
    var org: String?

    @Option(help: "Read bodies from DIR/<host>/<path> instead of the network.", completion: .directory)
    var mirror: String?

    @Option(help: "When the mirror was fetched, such as 2026-11-22T10:00:00Z; see also DIR/.fetched_at.")
    var mirrorTime: TimeOptions.Moment?

    @Option(
        help: "Also keep what an air-gapped site waits for: a file of status --missing --export.",
        completion: .file(extensions: ["json"])
    )
    var wanted: String?

    @Flag(help: "End with 5 when nothing changed.")
    var failIfIdle = false

    var isForProgram: Bool { output.json }

    func validate() throws {
        let choices = [all, source != nil, org != nil].count { $0 }
        if mirrorTime != nil, mirror == nil { throw ValidationError("--mirror-time is of no use without --mirror.") }
        if choices > 1 { throw ValidationError("--all, --source and --org exclude each other.") }
    }

    private var mode: RefreshMode {
        if let source { return .source(url: source) }
        if let org { return .organisation(id: org) }
        return all ? .all : .due
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let stop = StopSignals()
        let route = try RefreshSource.route(site.configuration, mirror: mirror, fetchedAt: mirrorTime?.time)
        let run = try RefreshRun(site: site, route: route)
        if let wanted { try WantedRun(site: site, store: run.store).take(wanted) }
        let (shown, chosen) = (output.json || settings.quiet ? ProgressMode.off : self.meter.progress, mode)
        let meter = try RefreshMeter(shown, clock: site.clock) { () throws(Failure) in
            try run.count(chosen, at: site.clock.now())
        }
        defer { meter.clear() }
        let report = try run.run(chosen, shouldStop: { stop.isSet }) { meter.update($0) }
        meter.clear()
        let isWell = report.verdict == .good && !report.wasStopped
        if output.json {
            StandardOutput.write(RefreshScreen.json(report).all)
        } else if !settings.quiet, !isWell || settings.verbose || Terminal(descriptor: 1).isTerminal {
            StandardOutput.show(RefreshScreen.text(report, verbose: settings.verbose))
        }
        RefreshLog(DaemonLog.make(site.configuration, settings)).tell(report)
        if report.hasChanged {
            do throws(Failure) {
                try ChangeHook.run(site.configuration, generation: report.generationAfter, clock: site.clock)
            } catch {
                StandardError.write(error.text)
            }
        }
        // A user who only fetches may not read the ledger; whoever processes writes the file then.
        MetricsFile.leave(site, isQuiet: !settings.verbose)
        if let code = stop.exitCode { return ExitStatus(code) }
        return ExitStatus(report.exitCode(failIfIdle: failIfIdle))
    }
}
