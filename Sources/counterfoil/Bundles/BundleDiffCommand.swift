import ArgumentParser
import Bundle
import Operations

/// What an import would change.
struct BundleDiffCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what importing a bundle would change, source by source.",
        discussion: """
            The import is done and taken back, so what is told is what would happen. What did not change is left out.

            Examples:
              counterfoil bundle diff keys.tar
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var trust: BundleTrustOptions

    @Argument(help: "The bundle.", completion: .file(extensions: ["tar"]))
    var file: String

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let run = BundleRun(site: site, pin: try trust.digest(site.configuration), override: nil, isRehearsal: true)
        let report = try run.run(file)
        if output.json {
            StandardOutput.line(BundleJSON.report(report, isRehearsal: true, withLines: true))
        } else {
            StandardOutput.show(BundleScreen.difference(report))
        }
        return .done
    }
}
