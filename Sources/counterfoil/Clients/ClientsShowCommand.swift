import ArgumentParser
import Encoding
import Operations

/// All that is known of one client.
struct ClientsShowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what the ledger knows of a client; never its secret, which it does not have.",
        discussion: """
            Example:
              counterfoil clients show 6f1c2d1e-5d0c-4c1c-9a51-0f4f9b1d2a77
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Argument(help: "The client's id.")
    var id: String

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        guard let (client, result) = try ClientReader(site).find(id) else {
            let message = UserMessage(
                id,
                "was never issued here",
                remedy: "see which clients there are: counterfoil clients list"
            )
            throw Failure(message, name: "unknown_client", .usage)
        }
        if output.json {
            let buffer = ByteBuffer()
            ClientsJSON.line(client, result: result, to: buffer)
            StandardOutput.write(buffer.all)
        } else {
            StandardOutput.show(ClientsScreen.details(client, result, now: site.clock.now()))
        }
        return .done
    }
}
