import ArgumentParser
import Encoding
import KeyCache
import Operations

/// Which key was valid when, and what was known of it when.
struct KeysHistoryCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Tell the life of a key, which key was valid when, and what was known when.",
        discussion: """
            --at asks for the world: was the key published and good then? --as-of asks for us: what did the cache know \
            then? Both are times such as 2026-11-22T10:00:00Z.

            Examples:
              counterfoil keys history --kid zQr8Y1yT2mJj0dQe0qXbM1kQ7fA
              counterfoil keys history --kid zQr8Y1yT2mJj0dQe0qXbM1kQ7fA \\
                --at 2026-03-01T00:00:00Z
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(parsing: .unconditional, help: "A kid, or the digest of a key or certificate.")
    var kid: String

    @Option(help: "Say whether the key was valid at this time.")
    var at: String?

    var isForProgram: Bool { output.json }

    func validate() throws {
        if let at, Timestamp.parse(at) == nil {
            throw ValidationError("--at needs a time such as 2026-11-22T10:00:00Z.")
        }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let asOf = time.asOf.map { AsOf.time($0.time) } ?? .now
        let records = try KeyReader(site).records(named: KeyName(text: kid), asOf: asOf)
        guard !records.isEmpty else { throw KeyReader.unknown(kid) }
        let asked = at.flatMap { Timestamp.parse($0) }
        if output.json {
            StandardOutput.line(KeysJSON.history(records, at: asked, now: site.clock.now()))
        } else {
            StandardOutput.show(KeysScreen.history(records, at: asked, now: site.clock.now()))
        }
        return .done
    }
}
