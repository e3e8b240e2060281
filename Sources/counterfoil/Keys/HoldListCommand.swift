import ArgumentParser
import Encoding
import KeyCache
import Operations

/// Which sets wait.
struct HoldListCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the key sets that wait, and the hosts in trouble.",
        discussion: """
            Examples:
              counterfoil keys hold list
              counterfoil keys hold list --json
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let store = try site.cacheView()
        let (holds, alerts): ([Hold], [FleetAlert])
        do throws(KeyStoreError) {
            (holds, alerts) = (try store.holds(), try store.fleetAlerts())
        } catch {
            throw Failure(error)
        }
        if output.json {
            StandardOutput.line(HoldsJSON.list(holds, alerts))
        } else {
            StandardOutput.show(HoldsScreen.list(holds, alerts, now: site.clock.now()))
        }
        return .done
    }
}
