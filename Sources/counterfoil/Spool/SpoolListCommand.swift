import ArgumentParser
import Encoding
import Ledger
import Operations
import Spool

/// Which files are not finished, and why.
struct SpoolListCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List what was dropped, is worked on, waits for keys or was set aside.",
        discussion: """
            Works beside a running daemon and without one. --json writes a line for each file, and last a summary: \
            without it the list is not complete.

            Examples:
              counterfoil spool list --state deferred
              counterfoil spool list --json | jq -r 'select(.state == "failed") | .name'
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "Only files in this state: incoming, active, deferred or failed.")
    var state: SpoolStateArgument?

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings)
        guard let view = try site.spoolView() else {
            throw Failure(SpoolError.missing(path: site.configuration.spool.path))
        }
        let states = state.map { [$0.state] } ?? SpoolEntry.State.allCases
        let waiting = states.contains(.deferred) ? try self.waiting(site) : [:]
        var writer = SpoolListWriter(asJSON: output.json, now: site.clock.now(), waiting: waiting)
        do throws(SpoolError) {
            for state in states {
                try view.forEachEntry(state) { entry in
                    writer.add(entry)
                    return true
                }
            }
        } catch {
            writer.finish()
            throw Failure(error)
        }
        writer.finish()
        return .done
    }

    private func waiting(_ site: Site) throws(Failure) -> [String: DeferredEntry] {
        guard let ledger = try site.ledgerView() else { return [:] }
        let entries = try LedgerReading.waiting(ledger, at: site.clock.now())
        return Dictionary(entries.map { ($0.fileName, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A state of a file on the command line.
struct SpoolStateArgument: ExpressibleByArgument {
    let state: SpoolEntry.State

    init?(argument: String) {
        guard let state = SpoolEntry.State(rawValue: argument) else { return nil }
        self.state = state
    }

    static let allValueStrings = SpoolEntry.State.allCases.map(\.rawValue)
}
