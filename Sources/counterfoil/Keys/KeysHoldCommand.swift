import ArgumentParser

/// Key sets that wait because they look like an accident.
struct KeysHoldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Key sets that wait for an operator because they look like an accident.",
        subcommands: [
            HoldListCommand.self, HoldDiffCommand.self, HoldAcceptCommand.self, HoldRejectCommand.self,
        ]
    )
}
