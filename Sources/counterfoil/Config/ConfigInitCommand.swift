import ArgumentParser
import Encoding
import OpenBanking
import Operations

/// A first configuration file: every setting with its comment, at its default and taken back, ready to be changed.
struct ConfigInitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a configuration file that explains every setting; never replaces one.",
        discussion: """
            Every value is a comment, so that what you leave alone follows the defaults of later versions.

            Examples:
              counterfoil config init
              counterfoil config init --environment production production.yaml
            """
    )

    @Option(help: "The directory to serve: sandbox or production.")
    var environment: DirectoryEnvironment = .sandbox

    @Argument(help: "The file to write.", completion: .file(extensions: ["yaml"]))
    var file = ConfigurationPlace.here

    var isForProgram: Bool { false }

    mutating func perform() throws(Failure) -> ExitStatus {
        try FileExport.create(ByteSlice(ConfigurationExample.draft(environment)), at: file)
        StandardOutput.write("wrote \(Printable.text(file, limit: 400))\n")
        return .done
    }
}

extension DirectoryEnvironment: ExpressibleByArgument {}
