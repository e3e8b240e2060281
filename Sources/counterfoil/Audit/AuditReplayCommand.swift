import ArgumentParser
import Encoding
import Ledger
import Operations

/// Judges requests that were decided again, as of when they were, and compares.
struct AuditReplayCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Judge requests that were decided again, as of then, and compare with what was recorded.",
        discussion: """
            Takes each request from the archive, and the settings, the trust anchors and the state of the cache it was \
            judged with from the audit trail and the cache. Nothing is written, nothing is issued. What the ledger \
            alone refused is judged by the rules. Where something needed was not kept, it says what, and guesses \
            nothing.

            Ends with 0 where all verdicts and what they rest on are the same, 2 where a request could not be judged \
            again, 3 where a verdict is another.

            Examples:
              counterfoil audit replay --since 2026-11-22
              counterfoil audit replay 5f1c20aa93b1c7de
              counterfoil audit replay 5f1c20aa93b1c7de --generation 417
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Option(help: "Decisions from this time on, such as 2026-11-22 or 2026-11-22T10:00:00Z.")
    var since: SinceArgument?

    @Option(help: "By the keys of this generation, in place of each request's own.")
    var generation: Int?

    @Argument(help: "Numbers of lines, or 16 to 64 digits of request_sha256; every decision unless one is named.")
    var requests: [String] = []

    var isForProgram: Bool { output.json }

    func validate() throws {
        for request in requests
        where Int64(request) == nil && (request.count < 16 || Hex.decode(request.lowercased()) == nil) {
            throw ValidationError("\(request) is neither a number nor 16 to 64 digits of request_sha256.")
        }
        if let generation, generation < 0 { throw ValidationError("--generation is 0 or more.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        guard let ledger = try site.ledgerView() else { throw NoLedger.failure(site) }
        _ = try site.cacheView()
        let whole = AuditReader(ledger: ledger, clock: site.clock)
        let replay = try Replay(site, ledger, whole, generation: generation)
        var report = ReplayReport(
            isJSON: output.json,
            isQuiet: settings.quiet,
            tellsAll: settings.verbose || !requests.isEmpty
        )
        var unseen = Set(requests)
        try AuditReader(ledger: ledger, clock: site.clock, since: since?.time).forEach { entry throws(Failure) in
            guard let decision = PastDecision(entry) else { return true }
            let named = requests.filter { names($0, decision) }
            guard requests.isEmpty || !named.isEmpty else { return true }
            unseen.subtract(named)
            report.tell(decision, try replay.replay(decision))
            return true
        }
        if let unknown = unseen.sorted().first {
            let message = UserMessage(
                unknown,
                "the audit trail has no decision on such a request",
                remedy: "see: counterfoil audit show; what waits, or was malformed at once, is no line"
            )
            throw Failure(message, name: "unknown_request", .usage)
        }
        report.finish()
        return ExitStatus(report.exit)
    }

    private func names(_ word: String, _ decision: PastDecision) -> Bool {
        if word.count >= 16 { return decision.digest.hasPrefix(word.lowercased()) }
        return Int64(word) == decision.number
    }
}
