import Dispatch
import Operations
import Synchronization

/// Tells systemd's watchdog that the work goes on: as long as its queue answers, which a long pass may keep from it
/// for an hour at most.
final class Heartbeat {
    private let timer: any DispatchSourceTimer

    private static let patience: Int64 = 3_600_000

    /// When the queue last answered, in milliseconds.
    private final class Answer: Sendable {
        let at: Atomic<Int64>

        init(_ milliseconds: Int64) { at = Atomic(milliseconds) }
    }

    /// Beats from now on; nil where nobody listens.
    init?(of queue: DispatchQueue, manager: ServiceManager, clock: Clock) {
        guard let seconds = manager.watchdogSeconds else { return nil }
        let answer = Answer(clock.monotonicMilliseconds())
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "counterfoil.heartbeat"))
        timer.schedule(deadline: .now(), repeating: .seconds(seconds))
        timer.setEventHandler { @Sendable in
            queue.async { @Sendable in answer.at.store(clock.monotonicMilliseconds(), ordering: .relaxed) }
            let silence = clock.monotonicMilliseconds() - answer.at.load(ordering: .relaxed)
            if silence < Self.patience { manager.alive() }
        }
        timer.activate()
    }

    deinit { timer.cancel() }
}
