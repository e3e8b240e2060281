import ArgumentParser
import Bundle
import KeyCache
import Operations

/// Imports a bundle.
struct BundleImportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import a signed bundle into the cache, all of it or nothing.",
        discussion: """
            Ends with 0 when all of it counts, with 2 when something waits or was left out, with 3 when it is refused; \
            then nothing was changed. A bundle in the spool's bundles folder is imported by run and by process.

            Examples:
              counterfoil bundle import keys.tar --pin 3f1c...
              counterfoil bundle import keys.tar --accept-expired \\
                --until 2026-12-01T00:00:00Z --reason "courier late"
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var trust: BundleTrustOptions

    @Argument(help: "The bundle.", completion: .file(extensions: ["tar"]))
    var file: String

    @Flag(help: "Do everything and take it back; say what would change.")
    var dryRun = false

    @Flag(help: "Let a bundle count that has expired, or will; needs --until and --reason.")
    var acceptExpired = false

    @Option(help: "Until when it counts, seven days from now at most.")
    var until: TimeOptions.Moment?

    @Option(help: "Why; kept for good with who said so.")
    var reason: String?

    @Option(help: "Who says so; the user's name where not given.")
    var by: String?

    var isForProgram: Bool { output.json }

    func validate() throws {
        let reasonIsEmpty = reason?.allSatisfy(\.isWhitespace) ?? true
        if acceptExpired, until == nil || reasonIsEmpty {
            throw ValidationError("--accept-expired needs --until and --reason.")
        }
        if !acceptExpired, until != nil || reason != nil {
            throw ValidationError("--until and --reason are of no use without --accept-expired.")
        }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        var override: ImportRequest.Override?
        if acceptExpired, let until, let reason {
            let by = by ?? Environment["SUDO_USER"] ?? Environment["USER"] ?? Environment["LOGNAME"] ?? "unknown"
            override = ImportRequest.Override(until: until.time, OperatorWord(by: by, why: reason))
        }
        let pin = try trust.digest(site.configuration)
        let report = try BundleRun(site: site, pin: pin, override: override, isRehearsal: dryRun).run(file)
        if output.json {
            StandardOutput.line(BundleJSON.report(report, isRehearsal: dryRun, withLines: settings.verbose))
        } else if !settings.quiet || !report.isWhole {
            StandardOutput.show(BundleScreen.report(report, isRehearsal: dryRun, verbose: settings.verbose))
        }
        return ExitStatus(report.isWhole ? .done : .partial)
    }
}
