import ArgumentParser

/// Results that are sealed: who they are sealed to, and opening them.
struct ResultsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "results",
        abstract: "Make the key results are sealed to, and open results that were.",
        subcommands: [ResultsOpenCommand.self, ResultsRecipientCommand.self]
    )
}
