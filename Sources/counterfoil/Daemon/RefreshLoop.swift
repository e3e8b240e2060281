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
    /// Nil where the site is offline: then there is no fetcher in the process, and the loop only watches over
    /// the cache.
    private let run: RefreshRun?
    /// The store the rounds write to.
    let store: KeyStore
    private var site: Site
    private let stopping: StopFlag
    private let log: Log
    private var timer: (any DispatchSourceTimer)?
    private var watch = ClockWatch()
    private let heartbeat: Heartbeat
    private var pulse: (any DispatchSourceTimer)?
    private var expiries: ExpiryLog
    private let hooks = DispatchQueue(label: "counterfoil.hooks")
    /// Called after a round that changed what the cache holds.
    var onChange: @Sendable () -> Void = {}

    /// How often the schedule is looked at.
    private static let tick = DispatchTimeInterval.seconds(5)

    init(site: Site, stopping: StopFlag, log: Log, heartbeat: Heartbeat) throws(Failure) {
        self.site = site
        self.heartbeat = heartbeat
        expiries = ExpiryLog(log)
        self.stopping = stopping
        self.log = log
        guard site.configuration.refresh.mode == .online else {
            (run, store) = (nil, try site.cache())
            return
        }
        let run = try RefreshRun(site: site, route: RefreshSource.route(site.configuration), isAlone: false)
        (self.run, store) = (run, run.store)
    }

    func start() {
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now(), repeating: Self.tick)
        timer.setEventHandler { @Sendable [weak self] in self?.refresh() }
        timer.activate()
        self.timer = timer
        pulse = heartbeat.timer(.refresh, on: queue)
    }

    /// Looks at the schedule at once: a request waits for a key.
    func wake() {
        queue.async { @Sendable [weak self] in self?.refresh() }
    }

    /// Also keeps what another configuration names from now on; how bodies are fetched stays until the next start.
    func keep(_ site: Site) {
        queue.async { @Sendable [weak self] in
            do throws(Failure) {
                try self?.run?.plant(site)
                self?.site = site
            } catch {
                self?.log(.serviceReloadFailed, "Keeping the old sources", .reason(error.line))
            }
            self?.refresh()
        }
    }

    /// Makes the first round before anything else, for a cache that holds nothing; systemd hears that it goes on.
    ///
    /// None where the site is offline.
    func first(_ manager: ServiceManager) throws(Failure) -> RefreshReport? {
        guard let run else { return nil }
        var told = site.clock.monotonicMilliseconds()
        manager.starting("fetching keys for the first time", within: Self.patience)
        return try run.run(.due) { [stopping, clock = site.clock] in
            let now = clock.monotonicMilliseconds()
            if now - told >= Self.patience / 6 {
                told = now
                manager.starting("fetching keys for the first time", within: Self.patience)
            }
            return stopping.isSet
        }
    }

    /// The milliseconds a start may take beyond the last sign of it.
    private static let patience: Int64 = 60_000

    /// Ends; a round that runs stops at the next chance.
    func stop() {
        queue.async { @Sendable [weak self] in
            self?.timer?.cancel()
            self?.pulse?.cancel()
        }
    }

    private func refresh() {
        guard !stopping.isSet else { return }
        do throws(Failure) {
            try followClock()
            try expiries.tell(site)
            guard let run else { return }
            let due = try due()
            guard due > 0 else { return }
            log(.refreshStart, "Fetching what is due", .count(.due, due))
            let report = try run.run(.due, turn: RefreshPass.turn) { [stopping, heartbeat] in
                heartbeat.beat(.refresh)
                return stopping.isSet
            }
            tell(report)
            guard report.hasChanged else { return }
            onChange()
            hook(generation: report.generationAfter)
        } catch {
            // What was good stays good; the next tick tries again.
            log(.refreshFailed, "The cache could not be refreshed", .reason(error.line))
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
            try store.followClock(back: back)
            try store.count([(CounterName(.clockSteps, []).text, 1)])
        } catch {
            throw Failure(error)
        }
    }

    /// Runs the bank's program for a change; beside the rounds, one after another.
    private func hook(generation: Int) {
        guard !site.configuration.hooks.afterChange.isEmpty else { return }
        hooks.async { @Sendable [log, site] in
            do throws(Failure) {
                try ChangeHook.run(site.configuration, generation: generation, clock: site.clock)
                log(.hookDone, "The hook for changed keys is done", .generation(generation))
            } catch {
                log(.hookFailed, "The hook for changed keys failed", .generation(generation), .reason(error.line))
            }
        }
    }

    private func due() throws(Failure) -> Int {
        do throws(KeyStoreError) {
            return try store.dueSources(at: site.clock.now()).count
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
