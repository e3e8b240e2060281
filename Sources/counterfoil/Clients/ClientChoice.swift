import ArgumentParser
import Ledger

/// Which clients a list shows.
struct ClientChoice: ParsableArguments {
    @Option(help: "Clients of this organisation.")
    var org: String?

    @Option(help: "Clients of this software statement.")
    var software: String?

    @Option(help: "Clients issued, updated or deleted since, such as 2026-11-22 or 2026-11-22T10:00:00Z.")
    var since: SinceArgument?

    @Option(help: "Clients in this state: registered or deleted.")
    var state: StateArgument?

    var filter: ClientFilter {
        var filter = ClientFilter()
        (filter.organisationID, filter.softwareID) = (org, software)
        (filter.changedSince, filter.state) = (since?.time, state?.state)
        return filter
    }

    /// A state of a client on the command line.
    struct StateArgument: ExpressibleByArgument {
        let state: ClientFilter.State

        init?(argument: String) {
            guard let state = ClientFilter.State(rawValue: argument) else { return nil }
            self.state = state
        }

        static let allValueStrings = ClientFilter.State.allCases.map(\.rawValue)
    }
}
