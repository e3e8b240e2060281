import ArgumentParser
import Bundle
import Operations

/// Verifies a bundle and imports nothing.
struct BundleVerifyCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a bundle: signatures, versions, expiry, every digest; nothing is imported.",
        discussion: """
            Examples:
              counterfoil bundle verify keys.tar
              counterfoil bundle verify keys.tar --pin 3f1c...
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
        let trust = try trust.trust(site)
        let inspection: BundleInspection
        do throws(BundleFault) {
            inspection = try BundleInspection(path: file, trust: trust, at: site.clock.now())
        } catch {
            throw Failure(error, file)
        }
        if output.json {
            StandardOutput.line(BundleJSON.inspection(inspection))
        } else if !settings.quiet {
            StandardOutput.show(BundleScreen.inspection(inspection, now: site.clock.now()))
        }
        return .done
    }
}
