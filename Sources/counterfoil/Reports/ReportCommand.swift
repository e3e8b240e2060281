import ArgumentParser
import Operations
import Spool

/// Writes the report of a batch again, from its results.
struct ReportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the report of a batch: a page for people, a table, or lines for programs.",
        discussion: """
            BATCH is the name of a batch as it was dropped, its batch_id, or the path of its results. Lines that \
            waited and were decided later are told as they were decided. The page is one file without script; none of \
            the files holds a secret.

            Examples:
              counterfoil report campaign.ndjson --html campaign.html
              counterfoil report campaign.ndjson --csv campaign.csv --ndjson report.ndjson
            """
    )

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions

    @Argument(help: "The batch.")
    var batch: String

    @Option(help: "Write the page into this file.", completion: .file(extensions: ["html"]))
    var html: String?

    @Option(help: "Write a table into this file, a row for each result (RFC 4180).", completion: .file())
    var csv: String?

    @Option(help: "Write lines of JSON into this file, the last one a summary.", completion: .file())
    var ndjson: String?

    var isForProgram: Bool { output.json }

    func validate() throws {
        if html == nil, csv == nil, ndjson == nil {
            throw ValidationError("Say what to write: --html, --csv or --ndjson with a file.")
        }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        ProcessPrivacy.enter()
        let site = try Site(settings, clock: time.clock)
        let batch = try BatchSearch(site).find(batch)
        let files = ReportFiles(html: html, csv: csv, ndjson: ndjson)
        let written = try BatchReport(site: site, batch: batch).write(to: files)
        if output.json {
            StandardOutput.line(ReportScreen.json(written, files))
        } else if !settings.quiet {
            StandardOutput.show(ReportScreen.text(written, files))
        }
        return .done
    }
}
