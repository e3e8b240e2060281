import ArgumentParser

/// The keys of the cache: which there are, what became of each, and what an operator decides about them.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Look into the cached keys and their history; revoke; decide about held sets.",
        subcommands: [
            KeysListCommand.self, KeysShowCommand.self, KeysHistoryCommand.self, KeysDiffCommand.self,
            KeysRevokeCommand.self, KeysHoldCommand.self,
        ]
    )
}
