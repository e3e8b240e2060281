import ArgumentParser

/// The clients of the ledger: which there are, and all that is known of one.
struct ClientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients",
        abstract: "Look into the clients that were issued.",
        subcommands: [ClientsListCommand.self, ClientsShowCommand.self]
    )
}
