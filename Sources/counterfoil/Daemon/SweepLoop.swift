import Dispatch
import Encoding
import Ledger
import Operations
import Pipeline
import Spool

/// Clears away what is finished, on a queue of its own beside the work and never in its way.
///
/// `@unchecked Sendable`: everything but `queue` is touched on `queue` only, once the initialiser is done.
final class SweepLoop: @unchecked Sendable {
    private let queue = DispatchQueue(label: "counterfoil.sweep", qos: .utility)
    private let spool: Spool
    private let ledger: Ledger
    private let stopping: StopFlag
    private let log: Log
    private var site: Site
    private var timer: (any DispatchSourceTimer)?

    /// How often it is looked whether a sweep is due.
    private static let tick = DispatchTimeInterval.seconds(60)

    init(spool: Spool, ledger: Ledger, site: Site, stopping: StopFlag, log: Log) {
        self.spool = spool
        self.ledger = ledger
        self.site = site
        self.stopping = stopping
        self.log = log
    }

    /// Begins; the first look is at once.
    func start() {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: Self.tick)
        timer.setEventHandler { @Sendable [weak self] in self?.sweep() }
        timer.activate()
        self.timer = timer
    }

    /// Keeps what another configuration says from now on.
    func use(_ site: Site) {
        queue.async { @Sendable [weak self] in self?.site = site }
    }

    private func sweep() {
        guard !stopping.isSet else { return }
        let (now, start) = (site.clock.now(), site.clock.monotonicMilliseconds())
        do throws(PipelineError) {
            guard try Housekeeping.isDue(ledger, at: now) else { return }
            let keeping = Housekeeping(spool: spool, rules: ConfiguredRetention.rules(site.configuration))
            let outcome = try keeping.sweep(at: now) { [stopping] in stopping.isSet }
            if outcome.isComplete { try Housekeeping.note(ledger, at: now) }
            guard outcome.total.files > 0 else { return }
            log(
                .spoolSwept,
                "Removed what was finished and old enough",
                .count(.files, outcome.total.files),
                .count(.bytes, Int(outcome.total.bytes)),
                .milliseconds(site.clock.monotonicMilliseconds() - start)
            )
        } catch {
            // What is finished can wait; the next look tries again.
            log(.spoolSweepFailed, "What is finished could not be cleared away", .reason(Failure(error).line))
        }
    }
}
