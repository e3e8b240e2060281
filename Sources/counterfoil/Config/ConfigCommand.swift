import ArgumentParser

/// The configuration: is it right, and what is in force.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check the configuration, show what is in force, explain a setting, begin a file.",
        subcommands: [
            ConfigCheckCommand.self, ConfigShowCommand.self, ConfigExplainCommand.self, ConfigInitCommand.self,
        ]
    )
}
