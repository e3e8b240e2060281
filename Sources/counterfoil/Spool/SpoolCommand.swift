import ArgumentParser

/// The files of the spool: which are not finished, trying them again, clearing away what is done.
struct SpoolCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spool",
        abstract: "List what is not finished; try files again; clear away what is done.",
        subcommands: [SpoolListCommand.self, SpoolRetryCommand.self, SpoolPurgeCommand.self]
    )
}
