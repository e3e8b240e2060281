import ArgumentParser
import Encoding
import Operations

/// The settings in force, and where each comes from.
struct ConfigShowCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what the configuration file sets, or with --effective every setting in force."
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions

    @Flag(help: "Every setting, those at their default too.")
    var effective = false

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let configuration = try Site(settings).configuration
        if output.json {
            let buffer = ByteBuffer()
            EffectiveConfiguration(configuration).writeJSON(into: buffer)
            StandardOutput.line(buffer)
        } else if effective {
            StandardOutput.show(EffectiveConfiguration(configuration).text)
        } else {
            StandardOutput.show(Self.changed(configuration))
        }
        return .done
    }

    /// One line per setting a file sets: dotted key, value, origin.
    private static func changed(_ configuration: Configuration) -> String {
        var table = TextTable(columns: [.left, .left, .left])
        for entry in configuration.entries {
            guard let value = entry.value, configuration.origin.lines[entry.path] != nil else { continue }
            table.add([entry.path, value.yaml, configuration.origin.origin(of: entry.path)])
        }
        return table.isEmpty ? "Everything is at its default; see: counterfoil config show --effective\n" : table.text
    }
}
