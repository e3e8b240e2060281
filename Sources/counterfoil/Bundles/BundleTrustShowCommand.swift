import ArgumentParser
import Bundle
import Encoding
import KeyCache
import Operations

/// What bundles are trusted by, and which came last.
struct BundleTrustShowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show the pinned root, the trusted roots, and the last bundle.",
        discussion: """
            Examples:
              counterfoil bundle trust show
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let store = try site.cacheView()
        let (rows, bundle): ([TrustRow], BundleRecord?)
        do throws(KeyStoreError) {
            (rows, bundle) = (try store.bundleTrust(), try store.importedBundle())
        } catch {
            throw Failure(error)
        }
        if output.json {
            StandardOutput.line(TrustScreen.json(rows, bundle, site.configuration.bundle.pin))
        } else {
            StandardOutput.show(TrustScreen.text(rows, bundle, site.configuration.bundle.pin, now: site.clock.now()))
        }
        return .done
    }
}
