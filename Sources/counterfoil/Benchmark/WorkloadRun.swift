import Encoding
import Glibc
import KeyCache
import OpenBanking
import Operations
import PKIX
import Pipeline
import Refresh
import Rules

/// Judges a workload round after round and measures each.
struct WorkloadRun {
    private let workload: Workload
    private let benchmark: Benchmark
    private let snapshot: Snapshot
    private let workers: Int

    init(_ workload: Workload, workers: Int) throws(Failure) {
        self.workload = workload
        self.workers = workers > 0 ? workers : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let anchors = try AnchorFolder(path: "\(workload.folder)/anchors").load()
        let store = try Self.cache(workload, anchors)
        do throws(KeyStoreError) {
            snapshot = try Snapshot.load(store, anchors: anchors, at: workload.asOf)
        } catch {
            throw Failure(error)
        }
        var configuration = Configuration(environment: .production)
        configuration.policy.audiences = [workload.audience]
        configuration.policy.certificateProfiles.legacy = .allow
        let plan = ProcessPlan(policy: Policy(configuration), workers: self.workers, secretKey: [])
        benchmark = Benchmark(workload.records, plan: plan)
    }

    /// The cache of the workload's mirror, filled on first use.
    private static func cache(_ workload: Workload, _ anchors: TrustAnchors) throws(Failure) -> KeyStore {
        let path = "\(workload.folder)/bench-cache.sqlite"
        let isNew = !Folders.exists(path)
        let store: KeyStore
        do throws(KeyStoreError) {
            store = try KeyStore.open(path: path)
        } catch {
            throw Failure(error)
        }
        if isNew { try fill(store, workload, anchors) }
        return store
    }

    private static func fill(_ store: KeyStore, _ workload: Workload, _ anchors: TrustAnchors) throws(Failure) {
        let configuration = Configuration(environment: .production)
        let sources: SourcesFile
        do throws(ConfigurationFaults) {
            sources = try SourcesFile.load(path: "\(workload.folder)/sources.yaml")
        } catch {
            throw Failure(error)
        }
        do throws(KeyStoreError) {
            _ = try store.upsert(PlannedSources.seeds(sources, configuration), at: workload.asOf)
        } catch {
            throw Failure(error)
        }
        let pass = RefreshPass(
            store: store,
            anchors: anchors,
            route: try RefreshSource.route(configuration, mirror: "\(workload.folder)/mirror"),
            lists: LearnedLists(configuration),
            clock: .fixed(workload.asOf)
        )
        do throws(RefreshError) {
            _ = try pass.run(.all)
        } catch {
            throw Failure(error)
        }
    }

    func run(rounds: Int) throws(Failure) -> BenchmarkFigures {
        var figures = BenchmarkFigures(requests: benchmark.count, workers: workers)
        for _ in 0..<rounds {
            let before = (Clock.system.monotonicMilliseconds(), Self.processorMicroseconds())
            let outcomes: [Outcome]
            do throws(PipelineError) {
                outcomes = try benchmark.round(snapshot, at: workload.asOf)
            } catch {
                throw Failure(error)
            }
            figures.add(
                milliseconds: Clock.system.monotonicMilliseconds() - before.0,
                processor: Self.processorMicroseconds() - before.1
            )
            figures.mismatches = mismatches(outcomes)
        }
        return figures
    }

    private func mismatches(_ outcomes: [Outcome]) -> Int {
        guard let expected = workload.expected else { return 0 }
        guard expected.count == outcomes.count else { return max(expected.count, outcomes.count) }
        return zip(expected, outcomes).count { $0 != ($1 == .accepted) }
    }

    private static func processorMicroseconds() -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
    }
}
