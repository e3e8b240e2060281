import ArgumentParser
import Encoding
import Glibc
import Operations
import Pipeline
import Simulator

/// How fast this machine judges requests, from memory and durably.
struct BenchCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure how fast this machine judges registrations, verdicts compared.",
        discussion: """
            Without --workload it makes requests of its own with throw-away keys, one of 20 wrong in a known way. A \
            workload is a folder with anchors/, mirror/<host>/<path>, sources.yaml, workload.json (as_of, audience, \
            host), batch.ndjson and, where verdicts are to be compared, expect.ndjson; --make writes one. Its keys are \
            kept in <folder>/bench-cache.sqlite.

            validation is the work on a request in memory: no files, no ledger. bulk and singles are the whole job, \
            from the drop box to published results, each step on the disk; give them the disk of the spool with \
            --folder.

            Example:
              counterfoil bench --folder /var/spool/counterfoil
            """
    )

    @Option(help: "The folder of a workload to use.", completion: .directory)
    var workload: String?

    @Option(help: "Write a workload to this folder, which must not exist, and measure nothing.", completion: .directory)
    var make: String?

    @Option(help: "How many requests to make.")
    var requests = 10_000

    @Option(help: "What to measure: validation, bulk or singles; may be given again. Left out: all three.")
    var part: [BenchmarkPart] = []

    @Option(help: "Threads; 0 is one for each processor. Left out: one, and one for each processor.")
    var workers: Int?

    @Option(help: "Rounds over the whole workload; the median counts.")
    var rounds = 3

    @Option(help: "Where the spool of bulk and singles lies for the while. Left out: here.", completion: .directory)
    var folder = "."

    @Option(help: "Do bulk and singles also, in turn, on a ledger that holds this many requests already.")
    var ledgerRequests = 0

    @OptionGroup var output: OutputOptions

    var isForProgram: Bool { output.json }

    func validate() throws {
        if let workers, workers < 0 { throw ValidationError("--workers must be 0 or more.") }
        if rounds < 1 { throw ValidationError("--rounds must be 1 or more.") }
        if requests < 20 { throw ValidationError("--requests must be 20 or more, to hold a wrong one.") }
        if ledgerRequests < 0 { throw ValidationError("--ledger-requests must be 0 or more.") }
        if make != nil, workload != nil { throw ValidationError("--make and --workload exclude each other.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        if let make {
            try OwnWorkload.write(to: make, requests: requests)
            return .done
        }
        if let workload { return try measure(workload) }
        let own = "\(folder)/counterfoil-bench-\(getpid())-workload"
        defer { FolderRemoval.remove(own) }
        try OwnWorkload.write(to: own, requests: requests)
        return try measure(own)
    }

    private func measure(_ workload: String) throws(Failure) -> ExitStatus {
        let loaded = try LoadedWorkload(try Workload.read(workload))
        var mismatches = 0
        var batch: BenchmarkFigures?
        let filled = ledgerRequests > 0 ? FilledLedger(in: folder, requests: ledgerRequests) : nil
        defer { filled?.remove() }
        try filled?.fill(at: loaded.workload.asOf)
        if !output.json { StandardOutput.write(BenchmarkFigures.head) }
        for part in part.isEmpty ? BenchmarkPart.allCases : part {
            for count in threads {
                let figures = try figures(of: part, loaded, workers: count, filled)
                mismatches += figures.map(\.mismatches).reduce(0, +)
                for line in figures {
                    if output.json { StandardOutput.line(line.json()) } else { StandardOutput.write(line.text) }
                }
                if part == .bulk { batch = figures.first }
                if !output.json, figures.count > 1 { StandardOutput.write(Self.excess(figures[1], figures[0])) }
            }
        }
        if !output.json, let batch { StandardOutput.show(batch.forecast(100_000)) }
        return mismatches == 0 ? .done : ExitStatus(.unexpected)
    }

    /// One figure, and where there is a filled ledger another: rounds on an empty one and on that one take turns.
    private func figures(
        of part: BenchmarkPart,
        _ loaded: LoadedWorkload,
        workers: Int,
        _ filled: FilledLedger?
    ) throws(Failure) -> [BenchmarkFigures] {
        if part == .validation { return [try ValidationRun(loaded, workers: workers).run(rounds: rounds)] }
        guard let filled else {
            return [try DurableRun(loaded, part, workers: workers, folder: folder).run(rounds: rounds)]
        }
        let empty = DurableRun(loaded, part, workers: workers, folder: folder, filled: filled, isAside: true)
        let full = DurableRun(loaded, part, workers: workers, folder: folder, filled: filled)
        var figures = [empty.figures(), full.figures()]
        for _ in 0..<rounds {
            try empty.round(&figures[0])
            try full.round(&figures[1])
        }
        return figures
    }

    private static func excess(_ full: BenchmarkFigures, _ empty: BenchmarkFigures) -> String {
        let tenths = full.excess(over: empty)
        let number = "\(tenths.magnitude / 10).\(tenths.magnitude % 10) %"
        return "  a request costs \(number) \(tenths < 0 ? "less" : "more") there than on an empty ledger\n"
    }

    private var threads: [Int] {
        let processors = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        if let workers { return [workers > 0 ? workers : processors] }
        return processors > 1 ? [1, processors] : [1]
    }
}
