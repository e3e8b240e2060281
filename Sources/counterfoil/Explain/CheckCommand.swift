import ArgumentParser
import Encoding
import OpenBanking
import Operations
import Rules

/// The verdict on files where they lie; nothing is taken, issued or written.
struct CheckCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Say in a line per file whether it would be accepted.",
        discussion: """
            Ends with 0 accepted, 1 rejected, 2 malformed or 3 deferred: the worst of all, malformed before rejected \
            before deferred. A duplicate of an earlier request, by the ledger or in these files, changes nothing of \
            that. A manifest beside a batch counts.

            Examples:
              counterfoil check tpp-00312.jwt
              counterfoil check --json migration.ndjson
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Argument(help: "Requests, with their .pem beside them, records and batches.", completion: .file())
    var files: [String]

    var isForProgram: Bool { output.json }

    mutating func perform() throws(Failure) -> ExitStatus {
        let site = try Site(settings, clock: time.clock)
        let bench = try Bench(site)
        var report = CheckReport(isJSON: output.json, isQuiet: settings.quiet)
        if !bench.hasLedger, !settings.quiet, !output.json {
            StandardError.write("\(NoLedger.message(site.configuration.ledger.path))\n")
        }
        for path in files {
            let file = try RequestFile(path, spool: site.configuration.spool.path)
            guard file.isBatch else {
                report.tell(file.path, nil, bench.judge(file.content))
                continue
            }
            let mode = bench.mode(file.manifest)
            file.forEachLine { number, line in
                report.tell(file.path, number, bench.judge(.record(line), mode))
                return true
            }
        }
        try bench.finish()
        report.finish()
        return ExitStatus(own: report.worst)
    }
}
