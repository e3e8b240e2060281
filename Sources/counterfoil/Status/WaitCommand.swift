import ArgumentParser
import Encoding
import KeyCache
import Operations

/// Waits for fresh keys or a drained spool: for scripts that go on only then.
struct WaitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until the cached keys are fresh, or what was dropped is answered.",
        discussion: """
            Reads only, whether or not a daemon runs. Ends with 0 as soon as every source is fresh and none is held, \
            or nothing is left in incoming and active, and with 75 when the time is over. Both flags wait for both.

            Examples:
              counterfoil wait --fresh --timeout 2m
              counterfoil wait --drained --timeout 1h
              counterfoil wait --fresh --max-age 15m && counterfoil process
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Flag(help: "Wait until the sources are fresh.")
    var fresh = false

    @Flag(help: "Wait until everything dropped was answered, be it as waiting for keys.")
    var drained = false

    @Option(help: "How long to wait at most, such as 30s or 5m; 0s looks once.")
    var timeout: Interval = .minutes(1)

    @Option(help: "Also wait until each source was confirmed within this time, such as 15m.")
    var maxAge: Interval?

    @Option(
        name: .customLong("class"),
        help: "Wait for this class only; may be given again.",
        completion: .list(SourceClass.allCases.map(\.rawValue))
    )
    var classes: [SourceClass] = []

    var isForProgram: Bool { output.json }

    func validate() throws {
        if !fresh, !drained { throw ValidationError("Say what to wait for: --fresh or --drained.") }
        if !fresh, maxAge != nil || !classes.isEmpty { throw ValidationError("--max-age and --class go with --fresh.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let stop = StopSignals()
        let goal = FreshnessGoal(classes: Set(classes.map(\.rawValue)), maximumAge: maxAge)
        let wait = SiteWait(site: site, goal: fresh ? goal : nil, drains: drained, timeout: timeout)
        let result = try wait.run { stop.isSet }
        if output.json {
            StandardOutput.line(WaitScreen.json(result))
        } else if !settings.quiet, settings.verbose || Terminal(descriptor: 1).isTerminal {
            StandardOutput.show(WaitScreen.text(result))
        }
        if result.isReached { return .done }
        if let code = stop.exitCode { return ExitStatus(code) }
        StandardError.write("\(WaitScreen.message(result))\n")
        return ExitStatus(.temporary)
    }
}

extension Interval: ExpressibleByArgument {
    /// A length of time as the configuration writes it.
    package init?(argument: String) { self.init(argument) }
}

extension SourceClass: ExpressibleByArgument {}
