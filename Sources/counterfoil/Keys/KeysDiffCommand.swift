import ArgumentParser
import Encoding
import KeyCache
import Operations

/// What changed between two moments of the cache.
struct KeysDiffCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Say which keys changed between two generations or times.",
        discussion: """
            Examples:
              counterfoil keys diff 417 418
              counterfoil keys diff 2026-11-21T00:00:00Z 2026-11-22T00:00:00Z --json
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Argument(help: "The earlier generation or time.")
    var from: TimeOrGeneration

    @Argument(help: "The later generation or time; the present unless named.")
    var to: TimeOrGeneration?

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let reader = try KeyReader(try Site(settings, clock: time.clock))
        let changes: [KeyDifference]
        do throws(KeyStoreError) {
            changes = try reader.store.difference(from: from.asOf, to: to?.asOf ?? .now)
        } catch {
            throw Failure(error)
        }
        if output.json {
            StandardOutput.line(KeysJSON.difference(changes))
        } else {
            StandardOutput.show(KeysScreen.difference(changes))
        }
        return .done
    }
}
