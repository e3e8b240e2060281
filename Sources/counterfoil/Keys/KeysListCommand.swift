import ArgumentParser
import Encoding
import KeyCache
import Operations

/// Which keys there are.
struct KeysListCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the cached keys with their states.",
        discussion: """
            Archived and dropped keys are left out unless --state asks for them.

            Examples:
              counterfoil keys list --org 0015800001041RHAAY
              counterfoil keys list --state revoked --json
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "Keys of this organisation.")
    var org: String?

    @Option(help: "Keys of this software statement.")
    var software: String?

    @Option(help: "Keys of the source with this URL, or one that ends so.")
    var source: String?

    @Option(parsing: .unconditional, help: "Keys with this kid.")
    var kid: String?

    @Option(help: "Keys in this state: pending, active, retired, archived, expired, quarantined, revoked or dropped.")
    var state: KeyStateArgument?

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        var query = KeyQuery()
        (query.organisation, query.software, query.source) = (org, software, source)
        query.kid = kid.map { Array($0.utf8) }
        let now = site.clock.now()
        let records = try KeyReader(site).records(query).filter { record in
            let found = record.key.state(at: now)
            if let state { return found == state.state }
            return found != .archived && found != .dropped
        }
        if output.json {
            StandardOutput.line(KeysJSON.list(records, now: now))
        } else {
            StandardOutput.show(KeysScreen.list(records, now: now))
        }
        return .done
    }
}

/// A state of a key on the command line.
struct KeyStateArgument: ExpressibleByArgument {
    let state: ListingState

    init?(argument: String) {
        guard let state = ListingState(rawValue: argument) else { return nil }
        self.state = state
    }

    static let allValueStrings = ListingState.allCases.map(\.rawValue)
}
