import Dispatch
import Glibc
import Synchronization

/// The workers of a pass, and the one way work is spread over them.
///
/// `@unchecked Sendable`: each worker is used by one thread at a time, the one that holds its number in `run`.
final class WorkerPool: @unchecked Sendable {
    let workers: [Worker]
    /// Requests a thread takes at a time; small enough that both cores end together.
    static let share = 16

    init(_ plan: ProcessPlan) {
        workers = (0..<plan.workers).map { _ in Worker(plan) }
    }

    /// Begins a group: the results of the last one stay valid until the next begins, those before it are forgotten.
    func reset() {
        for worker in workers { worker.reset() }
    }

    /// Calls `body` for every number below `count`, spread over the workers; returns the first error.
    func run(
        _ count: Int,
        _ body: @Sendable (Worker, Int) throws(PipelineError) -> Void
    ) throws(PipelineError) {
        let next = Atomic<Int>(0)
        let failure = Mutex<PipelineError?>(nil)
        let caller = pthread_self()
        DispatchQueue.concurrentPerform(iterations: min(workers.count, max(1, count))) { number in
            // The caller lends a hand, and may be the thread that commits.
            if pthread_equal(pthread_self(), caller) == 0 { GivingWay.begin() }
            let worker = self.workers[number]
            while true {
                let first = next.wrappingAdd(Self.share, ordering: .relaxed).oldValue
                guard first < count else { return }
                for index in first..<min(count, first + Self.share) {
                    do throws(PipelineError) {
                        try body(worker, index)
                    } catch {
                        failure.withLock { if $0 == nil { $0 = error } }
                        return
                    }
                }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
