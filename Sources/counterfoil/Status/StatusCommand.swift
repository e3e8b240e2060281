import ArgumentParser
import Encoding
import Operations

/// How an installation is doing; reads only, and needs no running daemon.
struct StatusCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Say how keys, spool, work and ledger are doing.",
        discussion: """
            Examples:
              counterfoil status
              counterfoil status --check -w deferred=50 --critical deferred=500
              counterfoil status --watch 5
              counterfoil status --sources -v
              counterfoil status --missing --export wanted.json
              counterfoil status --metrics
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var limits: AlertOptions

    @Flag(help: "One line for monitoring systems; ends with 0 OK, 1 WARNING, 2 CRITICAL or 3 UNKNOWN.")
    var check = false

    @Flag(help: "List every source of keys, worst first; -v adds a legend, validators and URLs.")
    var sources = false

    @Flag(help: "List the keys that requests wait for.")
    var missing = false

    @Flag(help: "Print the metrics for Prometheus.")
    var metrics = false

    @Flag(help: "Draw the screen again every two seconds, or every so many.")
    var watch = false

    @Argument(help: "With --watch: seconds between two drawings.")
    var seconds: Int?

    @Option(help: "Write what --missing lists into this file, for whoever makes the next bundle.", completion: .file())
    var export: String?

    var isForProgram: Bool { output.json }

    func validate() throws {
        if watch, check || missing || sources || metrics || output.json {
            throw ValidationError("--watch stands alone.")
        }
        if let seconds, !watch || seconds < 1 || seconds > 3600 {
            throw ValidationError("a number of seconds, from 1 to 3600, goes with --watch.")
        }
        if metrics, check || missing || sources || output.json { throw ValidationError("--metrics stands alone.") }
        if check, missing || sources || output.json { throw ValidationError("--check stands alone.") }
        if missing, sources { throw ValidationError("--missing and --sources exclude each other.") }
        if export != nil, !missing { throw ValidationError("--export goes with --missing.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        if check { return checked() }
        let site = try Site(settings, clock: time.clock)
        if missing { return try listMissing(site) }
        if sources { return try listSources(site) }
        if metrics {
            StandardOutput.write(try MetricsReader(site).text())
            return .done
        }
        let alerts = try limits.applied(to: site.configuration.alerts)
        if watch { return StatusWatch(site: site, alerts: alerts, seconds: seconds ?? 2).run(StopSignals()) }
        let facts = try StatusReader(site).facts()
        if output.json {
            let buffer = ByteBuffer()
            StatusJSON.write(facts, alerts: alerts, into: buffer)
            StandardOutput.line(buffer)
        } else {
            let terminal = Terminal(descriptor: 1)
            let width = terminal.isTerminal ? Terminal.columns(of: 1) : .max
            StandardOutput.write(StatusScreen(facts, alerts: alerts).text(terminal: terminal, width: width))
        }
        return ended(facts)
    }

    /// An installation without cache, spool and ledger is not initialised; the screen is shown all the same.
    private func ended(_ facts: StatusFacts) -> ExitStatus {
        guard facts.keys == nil, facts.ledger == nil, !facts.hasOlderLedger, !facts.hasOlderCache else { return .done }
        let message = UserMessage(
            "counterfoil",
            "not initialised: there is no cache of keys and no ledger yet",
            remedy: "bring the keys in first: \(facts.access.command)"
        )
        StandardError.write("\(message)\n")
        return ExitStatus(.uninitialised)
    }

    /// What cannot be found out is UNKNOWN, on one line like everything else.
    private func checked() -> ExitStatus {
        do throws(Failure) {
            let site = try Site(settings, clock: time.clock)
            let alerts = try limits.applied(to: site.configuration.alerts)
            let facts = try StatusReader(site).facts()
            StandardOutput.write(StatusCheck.line(facts, alerts: alerts) + "\n")
            return ExitStatus(own: StatusScreen(facts, alerts: alerts).health.checkCode)
        } catch {
            StandardOutput.write("UNKNOWN - \(error.text.split(separator: "\n").first ?? "")\n")
            return ExitStatus(own: Health.unknown.checkCode)
        }
    }

    private func listSources(_ site: Site) throws(Failure) -> ExitStatus {
        let facts = try StatusReader(site).sources()
        if output.json {
            let buffer = ByteBuffer()
            SourcesJSON.write(facts, into: buffer)
            StandardOutput.line(buffer)
        } else {
            StandardOutput.show(SourcesScreen(facts, verbose: settings.verbose).text)
        }
        return .done
    }

    private func listMissing(_ site: Site) throws(Failure) -> ExitStatus {
        let missing = try StatusReader(site).missing()
        if let export {
            try FileExport.write(MissingScreen.export(missing, site).all, to: export)
            guard output.json || Terminal(descriptor: 1).isTerminal else { return .done }
        }
        if output.json {
            StandardOutput.line(MissingScreen.json(missing))
        } else {
            StandardOutput.show(MissingScreen.text(missing))
        }
        return .done
    }
}
