import ArgumentParser
import Encoding
import KeyCache
import Operations

/// What a set that waits would change.
struct HoldDiffCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what a held key set would change.",
        discussion: """
            Examples:
              counterfoil keys hold diff 3
              counterfoil keys hold diff --host keystore.openbankingtest.org.uk --json
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var choice: HoldChoice

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let (store, anchors) = (try site.cacheView(), try site.anchors())
        var differences: [HoldDifference] = []
        for hold in try choice.holds(store) {
            do throws(KeyStoreError) {
                differences.append(try store.difference(ofHold: hold.id, anchors: anchors, at: site.clock.now()))
            } catch {
                throw Failure(error)
            }
        }
        if output.json {
            StandardOutput.line(HoldsJSON.differences(differences))
        } else {
            StandardOutput.show(HoldsScreen.differences(differences, now: site.clock.now()))
        }
        return .done
    }
}
