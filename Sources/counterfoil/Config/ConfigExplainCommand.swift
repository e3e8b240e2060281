import ArgumentParser
import Encoding
import Operations

/// What one setting does, what it may be, what it is and who said so.
struct ConfigExplainCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain a setting, or the settings of a section.",
        discussion: """
            Examples:
              counterfoil config explain process.workers
              counterfoil config explain refresh.classes.crl
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The setting, such as process.workers; its last word will do where no other has it.")
    var key: String

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let configuration = try Site(settings).configuration
        let entries = configuration.entries
        let found = entries.filter { $0.path == key }
        let named = found.isEmpty ? entries.filter { $0.name == key } : found
        guard let entry = named.first else { throw unknown(entries) }
        guard named.count == 1 else { throw ambiguous(named) }
        let explained = entry.value == nil ? entries.filter { $0.path.hasPrefix("\(entry.path).") } : [entry]
        let screen = SettingScreen(configuration)
        if output.json {
            StandardOutput.line(screen.json(explained))
        } else if entry.value == nil {
            StandardOutput.show(screen.section(entry, explained))
        } else {
            StandardOutput.show(screen.setting(entry))
        }
        return .done
    }

    private func unknown(_ entries: [SettingEntry]) -> Failure {
        let near =
            NameSuggestion.nearest(to: key, among: entries.map(\.path))
            ?? NameSuggestion.nearest(to: key, among: entries.map(\.name)).flatMap { name in
                entries.first { $0.name == name }?.path
            }
        let advice = near.map { "; did you mean \"\($0)\"?" } ?? ""
        let message = UserMessage(
            "config",
            "there is no setting \"\(Printable.text(key))\"\(advice)",
            remedy: "list them all: counterfoil config show --effective"
        )
        return Failure(message, name: "unknown_setting", .usage)
    }

    private func ambiguous(_ entries: [SettingEntry]) -> Failure {
        let message = UserMessage(
            "config",
            "\"\(Printable.text(key))\" is the name of \(entries.count) settings",
            remedy: "name one of \(entries.map(\.path).joined(separator: ", "))"
        )
        return Failure(message, name: "ambiguous_setting", .usage)
    }
}
