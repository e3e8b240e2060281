import ArgumentParser
import Encoding
import KeyCache
import Operations

/// Waits for the keys: for scripts that go on only when there is something to judge by.
struct WaitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until the cached keys are fresh.",
        discussion: """
            Reads only, whether or not a daemon runs. Ends with 0 as soon as every source is fresh and none is held, and
            with 75 when the time is over.

            Examples:
              counterfoil wait --fresh --timeout 2m
              counterfoil wait --fresh --class directory --max-age 15m && counterfoil process
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Flag(help: "Wait until the sources are fresh.")
    var fresh = false

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
        if !fresh { throw ValidationError("say what to wait for: --fresh.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let stop = StopSignals()
        let goal = FreshnessGoal(classes: Set(classes.map(\.rawValue)), maximumAge: maxAge)
        let wait = FreshnessWait(site: site, goal: goal, timeout: timeout)
        let result = try wait.run { stop.isSet }
        if output.json {
            StandardOutput.line(WaitScreen.json(result))
        } else if !settings.quiet, settings.verbose || Terminal(descriptor: 1).isTerminal {
            StandardOutput.write(WaitScreen.text(result))
        }
        if result.standing.isReached { return .done }
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
