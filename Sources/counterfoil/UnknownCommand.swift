import ArgumentParser
import Encoding
import Operations

/// A word that stands where a command is wanted and is none, and the command that was probably meant.
struct UnknownCommand: Equatable {
    let word: String
    let meant: String?

    /// Finds it in the words of a command line; nil where whatever is wrong with it is something else.
    init?(_ words: [String], below root: any ParsableCommand.Type) {
        var command = root
        for word in words {
            let names = command.configuration.subcommands
            guard !names.isEmpty, !word.hasPrefix("-") else { return nil }
            if let next = names.first(where: { $0._commandName == word }) {
                command = next
                continue
            }
            guard word != "help" else { return nil }
            let shown = names.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
            self.word = word
            meant = NameSuggestion.nearest(to: word, among: shown)
            return
        }
        return nil
    }

    /// What to tell: the parser's own words on the usage, behind a first line that says more.
    func message(before usage: String) -> String {
        let rest = usage.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false).dropFirst()
        let question = meant.map { ". Did you mean '\($0)'?" } ?? ""
        return "Error: Unknown command '\(Printable.text(word, limit: 80))'\(question)\n\(rest.joined())\n"
    }
}
