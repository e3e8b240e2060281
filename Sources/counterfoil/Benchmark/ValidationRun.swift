import OpenBanking
import Operations
import Pipeline

/// Judges a workload in memory, round after round, and measures each.
struct ValidationRun {
    private let loaded: LoadedWorkload
    private let benchmark: Benchmark
    private let workers: Int

    init(_ loaded: LoadedWorkload, workers: Int) throws(Failure) {
        self.loaded = loaded
        self.workers = workers
        benchmark = Benchmark(try loaded.workload.records(), plan: loaded.plan(workers: workers))
    }

    func run(rounds: Int) throws(Failure) -> BenchmarkFigures {
        var figures = BenchmarkFigures(.validation, requests: benchmark.count, workers: workers)
        for _ in 0..<rounds {
            let watch = StopWatch()
            let outcomes: [Outcome]
            do throws(PipelineError) {
                outcomes = try benchmark.round(loaded.snapshot, at: loaded.workload.asOf)
            } catch {
                throw Failure(error)
            }
            figures.add(watch)
            figures.mismatches = max(figures.mismatches, try loaded.mismatches(outcomes.map { $0 == .accepted }))
        }
        return figures
    }
}
