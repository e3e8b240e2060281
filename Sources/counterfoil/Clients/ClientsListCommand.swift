import ArgumentParser
import Encoding
import Ledger
import Operations

/// Which clients there are.
struct ClientsListCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the clients of the ledger, deleted ones too.",
        discussion: """
            With --json each client is one line, and the last line is a summary: without it the list is not complete.

            Examples:
              counterfoil clients list --org 0015800001041RHAAY --state registered
              counterfoil clients list --since 2026-11-22 --json
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var choice: ClientChoice

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let buffer = ByteBuffer()
        let asJSON = output.json
        var count = 0
        try ClientReader(site).forEachPage(choice.filter) { page throws(Failure) in
            buffer.removeAll()
            if count == 0, !asJSON { buffer.append(ClientsScreen.head) }
            for client in page {
                if asJSON {
                    ClientsJSON.line(client, to: buffer)
                } else {
                    buffer.append(ClientsScreen.line(client))
                }
            }
            count += page.count
            if asJSON { StandardOutput.write(buffer.all) } else { StandardOutput.show(buffer.all.string) }
        }
        buffer.removeAll()
        if asJSON {
            ClientsJSON.end(count, to: buffer)
        } else if count == 0 {
            buffer.append("no client is like that\n")
        }
        StandardOutput.write(buffer.all)
        return .done
    }
}
