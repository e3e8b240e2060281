import ArgumentParser
import Encoding
import KeyCache
import Operations

/// All that is known of a key.
struct KeysShowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show all that is known of a key.",
        discussion: """
            KEY is a kid, the SHA-256 of a key (SubjectPublicKeyInfo) or that of a certificate, in 64 hexadecimal \
            digits. One that begins with - stands last, behind --.

            Examples:
              counterfoil keys show zQr8Y1yT2mJj0dQe0qXbM1kQ7fA
              counterfoil keys show --json zQr8Y1yT2mJj0dQe0qXbM1kQ7fA
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Argument(help: "A kid, or the digest of a key or certificate.")
    var key: String

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let records = try KeyReader(site).records(named: KeyName(text: key))
        guard !records.isEmpty else { throw KeyReader.unknown(key) }
        if output.json {
            StandardOutput.line(KeysJSON.list(records, now: site.clock.now()))
        } else {
            StandardOutput.show(KeysScreen.details(records, now: site.clock.now()))
        }
        return .done
    }
}
