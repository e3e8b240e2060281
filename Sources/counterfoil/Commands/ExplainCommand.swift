import ArgumentParser
import Encoding
import OpenBanking
import Operations
import Rules

/// Why a request is judged as it is, rule by rule; changes nothing.
struct ExplainCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain the verdict on a file rule by rule, or a rule.",
        discussion: """
            Looks for FILE here, then below the spool. What the ledger knows of earlier requests is not asked.

            Examples:
              counterfoil explain incoming/tpp-00312.jwt
              counterfoil explain R-107
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "The line of a batch, from 1.")
    var line: Int?

    @Argument(help: "A request, a record, a batch with --line, or a rule such as R-107.", completion: .file())
    var subject: String

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        if let rule = RuleArgument(argument: subject) {
            if output.json {
                StandardOutput.line(RuleScreen.json([rule.entry]))
            } else {
                StandardOutput.write(RuleScreen.text(rule.entry))
            }
            return .done
        }
        let site = try Site(settings, clock: time.clock)
        let file = try RequestFile(subject, spool: site.configuration.spool.path)
        let bench = try Bench(site, listsUnreached: true)
        let verdict = bench.judge(try content(of: file))
        let explanation = Explanation(
            file: line.map { "\(file.path):\($0)" } ?? file.path,
            verdict: verdict,
            bench: bench,
            configuration: site.configuration
        )
        if output.json {
            StandardOutput.line(ExplanationJSON.write(explanation))
        } else {
            StandardOutput.write(ExplanationScreen.text(explanation, isVerbose: settings.verbose))
        }
        return .done
    }

    private func content(of file: RequestFile) throws(Failure) -> Delivery.Content {
        guard file.isBatch else { return file.content }
        guard let line else {
            let message = UserMessage(
                file.path,
                "is a batch of many requests",
                remedy: "name one with --line, or run: counterfoil check"
            )
            throw Failure(message, name: "line", .usage)
        }
        var found: ByteSlice?
        file.forEachLine { number, text in
            if number == line { found = text }
            return number < line
        }
        guard let found else {
            let message = UserMessage(file.path, "has no line \(line)", remedy: "count from 1")
            throw Failure(message, name: "line", .usage)
        }
        return .record(found)
    }
}
