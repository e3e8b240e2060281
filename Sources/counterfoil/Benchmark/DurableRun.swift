import Encoding
import Glibc
import Ledger
import Operations
import Pipeline
import Simulator
import Spool

/// Carries a workload through a spool of its own, from the drop box to published results, and measures each round.
///
/// Every round has a fresh spool and a fresh ledger, so that nothing is a repeat. Dropping the files is not measured,
/// and what it left to be written is on the disk before the clock starts.
struct DurableRun {
    private let loaded: LoadedWorkload
    private let part: BenchmarkPart
    private let workers: Int
    private let folder: String
    /// A batch of any size: what is measured is not what a submitter may send.
    private let limits: InputLimits
    /// What each round copies before it begins: to where its ledger is, or, to find the machine in the same state, aside.
    private let filled: FilledLedger?
    private let isAside: Bool

    init(
        _ loaded: LoadedWorkload,
        _ part: BenchmarkPart,
        workers: Int,
        folder: String,
        filled: FilledLedger? = nil,
        isAside: Bool = false
    ) {
        self.filled = filled
        self.isAside = isAside
        self.loaded = loaded
        self.part = part
        self.workers = workers
        self.folder = folder
        var limits = InputLimits()
        limits.bulk = .max
        self.limits = limits
    }

    func run(rounds: Int) throws(Failure) -> BenchmarkFigures {
        var figures = figures()
        for _ in 0..<rounds { try round(&figures) }
        return figures
    }

    /// What no round was added to yet.
    func figures() -> BenchmarkFigures {
        var figures = BenchmarkFigures(part, requests: loaded.workload.count, workers: workers)
        figures.fileSystem = FileSystemName.of(folder)
        figures.ledgerRequests = isAside ? 0 : filled?.requests ?? 0
        return figures
    }

    /// Measures one round more.
    func round(_ figures: inout BenchmarkFigures) throws(Failure) {
        let site = "\(folder)/counterfoil-bench-\(getpid())"
        defer { FolderRemoval.remove(site) }
        try measure(in: site, &figures)
    }

    private func measure(in site: String, _ figures: inout BenchmarkFigures) throws(Failure) {
        try written(site) { () throws(SimulatorError) in try FileWriter.write("", to: "\(site)/.benchmark") }
        if let filled { try filled.copy(to: "\(site)/\(isAside ? "aside" : "ledger").sqlite") }
        var plan = loaded.plan(workers: workers)
        plan.limits = limits
        let processor = Processor(
            spool: try spool("\(site)/spool"),
            ledger: try ledger("\(site)/ledger.sqlite"),
            keys: loaded.store,
            plan: plan
        )
        if part == .bulk {
            try submit(to: "\(site)/spool")
        } else {
            let records = try loaded.workload.records()
            try written(site) { () throws(SimulatorError) in try drop(records, to: "\(site)/spool/incoming") }
        }
        sync()
        PeakMemory.reset()
        let watch = StopWatch()
        let tally: PassTally
        do throws(PipelineError) {
            tally = try processor.pass(loaded.snapshot, at: loaded.workload.asOf)
        } catch {
            throw Failure(error)
        }
        figures.add(watch)
        let results = DurableResults(folder: "\(site)/spool/results/\(Timestamp.day(loaded.workload.asOf))", part)
        let count = loaded.workload.count
        let wrong = tally.requests == count ? try loaded.mismatches(results.accepted(count)) : count
        figures.mismatches = max(figures.mismatches, wrong)
    }

    private func spool(_ path: String) throws(Failure) -> Spool {
        do throws(SpoolError) {
            return try Spool.open(path, at: loaded.workload.asOf)
        } catch {
            throw Failure(error)
        }
    }

    private func ledger(_ path: String) throws(Failure) -> Ledger {
        do throws(LedgerError) {
            return try Ledger.open(path)
        } catch {
            throw Failure(error)
        }
    }

    /// Runs what writes files and says what to do where they cannot be written.
    private func written(_ path: String, _ body: () throws(SimulatorError) -> Void) throws(Failure) {
        do throws(SimulatorError) {
            try body()
        } catch {
            let message = UserMessage(path, "\(error)", remedy: "name a folder that can be written with --folder")
            throw Failure(message, name: error.code, .unexpected)
        }
    }

    private func drop(_ records: ByteSlice, to incoming: String) throws(SimulatorError) {
        for (number, line) in Benchmark.lines(of: records).enumerated() {
            try FileWriter.write(line.bytes, to: "\(incoming)/\(number).json")
        }
    }

    private func submit(to spool: String) throws(Failure) {
        do throws(SpoolError) {
            try Submission(to: spool, limits: limits).submit(
                "\(loaded.workload.folder)/batch.ndjson",
                as: DurableResults.bulkName
            )
        } catch {
            throw Failure(error)
        }
    }
}
