import ArgumentParser
import Operations

/// The program: proves registrations against the directory's keys, offline.
@main
struct Counterfoil: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counterfoil",
        abstract: "Proves client registrations against the directory's keys, offline.",
        discussion: """
            Example, once every 15 minutes and once a minute:
              counterfoil refresh
              counterfoil process
            Exit codes: 0 done, 2 done in part, 3 keys unusable, 75 try again, 78 configuration; see README.
            """,
        version: Version.number,
        subcommands: [
            RunCommand.self, ProcessCommand.self, RefreshCommand.self, NeedsRefreshCommand.self,
            StatusCommand.self, WaitCommand.self,
            SubmitCommand.self,
            CheckCommand.self, ExplainCommand.self, KeysCommand.self, BundleCommand.self, ClientsCommand.self,
            ResultsCommand.self, AuditCommand.self, SpoolCommand.self, ReportCommand.self, RulesCommand.self,
            ConfigCommand.self,
            DemoCommand.self,
            BenchCommand.self, VersionCommand.self, ManualCommand.self,
        ]
    )

    /// Runs what the command line asks for; a word that is no command is told with the one that was probably meant.
    static func main() {
        StandardStreams.hold()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            guard let unknown = UnknownCommand(Array(CommandLine.arguments.dropFirst()), below: Self.self) else {
                exit(withError: error)
            }
            StandardError.write(unknown.message(before: fullMessage(for: error)))
            exit(withError: ArgumentParser.ExitCode(exitCode(for: error).rawValue))
        }
    }
}
