import Dispatch
import Encoding
import KeyCache
import Operations
import Pipeline
import Refresh

/// The daemon's rounds over the sources of keys, one after another on a queue of their own, so that a slow network
/// never keeps requests waiting.
///
/// `@unchecked Sendable`: everything but `queue` is touched on `queue` only, once the initialiser is done.
final class RefreshLoop: @unchecked Sendable {
    let queue = DispatchQueue(label: "counterfoil.refresh")
    private let run: RefreshRun
    private let site: Site
    private let stopping: StopFlag
    private let log: Log
    private var timer: (any DispatchSourceTimer)?
    private var watch = ClockWatch()
    /// Called after a round that changed what the cache holds.
    var onChange: @Sendable () -> Void = {}

    /// How often the schedule is looked at.
    private static let tick = DispatchTimeInterval.seconds(5)

    /// The milliseconds after which a round begins no more fetches: what comes due meanwhile is in the next one.
    private static let turn: Int64 = 10_000

    init(site: Site, stopping: StopFlag, log: Log) throws(Failure) {
        self.site = site
        self.stopping = stopping
        self.log = log
        run = try RefreshRun(site: site, route: RefreshSource.route(site.configuration), isAlone: false)
    }

    /// The store the rounds write to.
    var store: KeyStore { run.store }

    func start() {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: Self.tick)
        timer.setEventHandler { @Sendable [weak self] in self?.refresh() }
        timer.activate()
        self.timer = timer
    }

    /// Looks at the schedule at once: a request waits for a key.
    func wake() {
        queue.async { @Sendable [weak self] in self?.refresh() }
    }

    /// Also keeps what another configuration names from now on; how bodies are fetched stays until the next start.
    func keep(_ site: Site) {
        queue.async { @Sendable [weak self] in
            do throws(Failure) {
                try self?.run.plant(site)
            } catch {
                self?.log(.serviceReloadFailed, "Keeping the old sources", .reason(error.text))
            }
            self?.refresh()
        }
    }

    /// Makes the first round before anything else, for a cache that holds nothing.
    func first() throws(Failure) -> RefreshReport { try run.run(.due) { [stopping] in stopping.isSet } }

    /// Ends; a round that runs stops at the next chance.
    func stop() {
        queue.async { @Sendable [weak self] in self?.timer?.cancel() }
    }

    private func refresh() {
        guard !stopping.isSet else { return }
        do throws(Failure) {
            try followClock()
            guard try isDue() else { return }
            let report = try run.run(.due, turn: Self.turn) { [stopping] in stopping.isSet }
            tell(report)
            if report.hasChanged { onChange() }
        } catch {
            // What was good stays good; the next tick tries again.
            log(.refreshFailed, "The cache could not be refreshed", .reason(error.text))
        }
    }

    /// Moves the plan along when the clock was set back, which `refresh` under cron has no way to notice.
    private func followClock() throws(Failure) {
        let back = watch.setBack(
            wall: site.clock.now(),
            monotonicMilliseconds: site.clock.monotonicMilliseconds()
        )
        guard back > 0, !site.clock.isFixed else { return }
        log(.clockSetBack, "The clock was set back, the plan follows", .reason("\(back) s"))
        do throws(KeyStoreError) {
            try run.store.followClock(back: back)
            try run.store.count([(CounterName(.clockSteps, []).text, 1)])
        } catch {
            throw Failure(error)
        }
    }

    private func isDue() throws(Failure) -> Bool {
        do throws(KeyStoreError) {
            return try !run.store.dueSources(at: site.clock.now()).isEmpty
        } catch {
            throw Failure(error)
        }
    }

    func tell(_ report: RefreshReport) {
        for change in report.changes { RefreshLog(log).write(change) }
        log(
            .refreshDone,
            "Refreshed what was due",
            .count(.due, report.due),
            .count(.updated, report.count(.updated)),
            .count(.unchanged, report.count(.unchanged)),
            .count(.failed, report.failed),
            .count(.held, report.count(.held)),
            .generation(report.generationAfter),
            .milliseconds(report.milliseconds)
        )
    }
}
