import ArgumentParser

/// The clients of the ledger: which there are, what is known of one, and files of them for other systems.
struct ClientsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clients",
        abstract: "Look into the clients that were issued, and export them.",
        subcommands: [ClientsListCommand.self, ClientsShowCommand.self, ClientsExportCommand.self]
    )
}
