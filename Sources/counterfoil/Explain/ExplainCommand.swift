import ArgumentParser
import Encoding
import OpenBanking
import Operations
import Rules

/// Why a request is judged as it is, rule by rule; changes nothing.
struct ExplainCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain the verdict on a file rule by rule, a result that was given, or a rule.",
        discussion: """
            Looks for a file here, then below the spool. A request is judged as it would be now, with what the ledger \
            knows; a result is told as it was given. A result is also found by the digest of its request, or by the 16 \
            digits in its name.

            Examples:
              counterfoil explain incoming/tpp-00312.jwt
              counterfoil explain results/2026-11-22/tpp-1.5f1c20aa93b1c7de.rejected.json
              counterfoil explain 5f1c20aa93b1c7de
              counterfoil explain R-107
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "The line of a batch or of its results, from 1.")
    var line: Int?

    @Argument(
        help: "A request, a record, a batch with --line, a result, its digits, or a rule such as R-107.",
        completion: .file()
    )
    var subject: String

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        if RuleArgument.isRule(subject), !Folders.exists(subject) {
            let rule = try RuleArgument.entry(subject)
            if output.json {
                StandardOutput.line(RuleScreen.json([rule]))
            } else {
                StandardOutput.show(RuleScreen.text(rule))
            }
            return .done
        }
        let site = try Site(settings, clock: time.clock)
        if try explainResult(site) { return .done }
        let file = try RequestFile(subject, spool: site.configuration.spool.path)
        let bench = try Bench(site, listsUnreached: true)
        let judged = bench.judge(try content(of: file), bench.mode(file.manifest))
        try bench.finish()
        let explanation = Explanation(
            file: line.map { "\(file.path):\($0)" } ?? file.path,
            judged: judged,
            bench: bench,
            configuration: site.configuration
        )
        if output.json {
            StandardOutput.line(ExplanationJSON.write(explanation))
        } else {
            StandardOutput.show(ExplanationScreen.text(explanation, isVerbose: settings.verbose))
        }
        return .done
    }

    /// Explains a result that was given, where the subject names one; false where it does not.
    private func explainResult(_ site: Site) throws(Failure) -> Bool {
        let search = ResultSearch(site: site)
        for path in [subject, "\(site.configuration.spool.path)/\(subject)"] where subject.hasSuffix("json") {
            guard let result = try search.result(path, line) else { continue }
            tell(.result(result))
            try tellWhatFollowed(result, search)
            return true
        }
        if subject.hasSuffix(".results.ndjson"), line == nil {
            let message = UserMessage(subject, "holds the results of many requests", remedy: "name one with --line")
            throw Failure(message, name: "line", .usage)
        }
        guard let digits = ResultSearch.digits(in: subject) else { return false }
        let found = try search.find(digits)
        for one in found { tell(one) }
        if found.isEmpty, !Folders.exists(subject) {
            let remedy = "give 16 to 64 digits of request_sha256; what was malformed is not remembered"
            let message = UserMessage(subject, "the ledger knows no request of this digest", remedy: remedy)
            throw Failure(message, name: "unknown_request", .usage)
        }
        return !found.isEmpty
    }

    /// A result that said "deferred" is not the last word: where the ledger has one, it is told too.
    private func tellWhatFollowed(_ result: StoredResult, _ search: ResultSearch) throws(Failure) {
        guard result.outcome == .deferred else { return }
        for found in try search.find(result.digest) {
            switch found {
            case .result(let later) where later.outcome == .deferred: continue
            case .remembered(_, let later) where later.outcome == .deferred: continue
            case .result, .remembered: tell(found)
            }
        }
    }

    private func tell(_ found: ResultSearch.Found) {
        switch found {
        case .result(let result):
            if output.json {
                StandardOutput.line(StoredResultJSON.write(result))
            } else {
                StandardOutput.show(StoredResultScreen.text(result))
            }
        case .remembered(let digest, let prior):
            if output.json {
                StandardOutput.line(StoredResultJSON.write(digest, prior))
            } else {
                StandardOutput.show(StoredResultScreen.text(digest, prior))
            }
        }
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
