import ArgumentParser
import Encoding
import Operations
import Pipeline

/// How fast this machine judges a workload from memory: the validation part alone.
struct BenchCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast this machine judges a workload, verdicts compared.",
        discussion: """
            The workload is a folder with anchors/, mirror/<host>/<path>, sources.yaml, workload.json (as_of, audience),
            batch.ndjson and, where verdicts are to be compared, expect.ndjson. Keys are read from the mirror once and
            kept in <folder>/bench-cache.sqlite. Files, ledger and results on disk are not part of what is measured.

            Example:
              counterfoil bench --workload /tmp/workload --workers 2 --rounds 5
            """
    )

    @Option(help: "The folder of the workload.", completion: .directory)
    var workload: String

    @Option(help: "Threads; 0 is one for each processor.")
    var workers = 0

    @Option(help: "Rounds over the whole workload.")
    var rounds = 5

    @OptionGroup var output: OutputOptions

    var isForProgram: Bool { output.json }

    func validate() throws {
        if workers < 0 { throw ValidationError("--workers must be 0 or more.") }
        if rounds < 1 { throw ValidationError("--rounds must be 1 or more.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        let workload = try Workload.read(workload)
        let figures = try WorkloadRun(workload, workers: workers).run(rounds: rounds)
        if output.json {
            StandardOutput.line(figures.json())
        } else {
            StandardOutput.write(figures.text)
        }
        return figures.mismatches == 0 ? .done : ExitStatus(.unexpected)
    }
}
