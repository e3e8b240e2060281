import ArgumentParser
import Encoding
import OpenBanking
import Operations

/// The rule book.
struct RulesCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Print the rules requests are judged by.",
        discussion: """
            Examples:
              counterfoil rules
              counterfoil rules R-107
            """
    )

    @OptionGroup var output: OutputOptions

    @Flag(help: "Write docs/RULES.md.")
    var markdown = false

    @Argument(help: "One rule, such as R-107.")
    var rule: String?

    var isForProgram: Bool { output.json }

    func validate() throws {
        if markdown, output.json || rule != nil { throw ValidationError("--markdown stands alone.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let one = try rule.map { text throws(Failure) in try RuleArgument.entry(text) }
        let chosen = one.map { [$0] } ?? RuleEntry.all
        if markdown {
            StandardOutput.write(RuleDocument.text)
        } else if output.json {
            StandardOutput.line(RuleScreen.json(chosen))
        } else if let one {
            StandardOutput.show(RuleScreen.text(one))
        } else {
            StandardOutput.show(RuleScreen.table(chosen))
        }
        return .done
    }
}
