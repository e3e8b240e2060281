import KeyCache
import Operations
import Refresh

/// How far a round over the sources is, for whoever looks at standard error; belongs to the thread of the round.
final class RefreshMeter {
    private var progress: Progress
    private let total: Int
    private let clock: Clock
    private var done = 0
    private var failed = 0

    /// A meter for the round that is about to begin; the sources are only counted where somebody looks.
    init(_ mode: ProgressMode, clock: Clock, total: () throws(Failure) -> Int) throws(Failure) {
        self.clock = clock
        progress = Progress(mode, start: clock.monotonicMilliseconds(), terminal: Terminal(descriptor: 2))
        self.total = progress.isShown ? try total() : 0
    }

    func update(_ line: RefreshLine) {
        done += 1
        if line.outcome.isFailure { failed += 1 }
        let note = failed > 0 ? "failed \(Figure.count(failed))" : ""
        progress.update(ProgressStep(done: done, of: max(done, total), note: note), at: clock.monotonicMilliseconds())
    }

    func clear() { progress.clear() }
}
