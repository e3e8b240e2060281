import ArgumentParser

/// The configuration: is it right, and what is in force.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Check the configuration, or show what is in force.",
        subcommands: [ConfigCheckCommand.self, ConfigShowCommand.self]
    )
}
