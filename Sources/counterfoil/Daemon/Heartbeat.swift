import Dispatch
import Operations
import Synchronization

/// Tells systemd's watchdog that the work goes on, each time it does.
///
/// A group was committed, a fetch looked whether to stop, an idle loop had its turn. Nothing beats beside the work.
final class Heartbeat: Sendable {
    private let watchdog: Mutex<Watchdog?>
    private let manager: ServiceManager
    private let clock: Clock

    /// How often an idle loop is to beat, in milliseconds; nil where nobody listens.
    let interval: Int?

    init(manager: ServiceManager, clock: Clock) {
        self.manager = manager
        self.clock = clock
        interval = manager.watchdogMilliseconds.map { max(1, Int($0 / 4)) }
        watchdog = Mutex(
            manager.watchdogMilliseconds.map { Watchdog(milliseconds: $0, start: clock.monotonicMilliseconds()) }
        )
    }

    /// A part of the work got on; called from its own queue.
    func beat(_ part: Watchdog.Part) {
        guard interval != nil else { return }
        let now = clock.monotonicMilliseconds()
        if watchdog.withLock({ $0?.heard(part, at: now) }) == true { manager.alive() }
    }

    /// Lets a loop beat while it has nothing to do; the timer stands on the loop's own queue, so that one that hangs is
    /// not heard of.
    func timer(_ part: Watchdog.Part, on queue: DispatchQueue) -> (any DispatchSourceTimer)? {
        guard let interval else { return nil }
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: .milliseconds(interval))
        timer.setEventHandler { @Sendable [weak self] in self?.beat(part) }
        timer.activate()
        return timer
    }
}
