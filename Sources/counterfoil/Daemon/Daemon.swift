import Dispatch
import Glibc
import Operations
import OpenBanking
import Pipeline
import Refresh
import Synchronization

/// One process that does both halves: refreshes the cache, processes the spool, and listens to signals.
final class Daemon {
    private let options: SettingsOptions
    private let site: Site
    private let log: Log
    private let manager = ServiceManager()
    private let ending = Ending()
    private let stop: StopSignals
    private let refresh: RefreshLoop
    private let process: ProcessLoop
    private let metrics: MetricsLoop

    /// Why the daemon ends, told to the thread that waits.
    private final class Ending: Sendable {
        let semaphore = DispatchSemaphore(value: 0)
        let failure = Mutex<Failure?>(nil)
    }

    init(site: Site, options: SettingsOptions, log: Log) throws(Failure) {
        self.site = site
        self.options = options
        self.log = log
        let ending = ending
        stop = StopSignals { @Sendable in ending.semaphore.signal() }
        log(.serviceStart, "Starting", .version(Version.number), .process(getpid()))
        manager.starting("opening cache and ledger", within: 60_000)
        let heartbeat = Heartbeat(manager: manager, clock: site.clock)
        refresh = try RefreshLoop(site: site, stopping: stop.flag, log: log, heartbeat: heartbeat)
        process = try ProcessLoop(
            site: site,
            keys: refresh.store,
            stopping: stop.flag,
            log: log,
            manager: manager,
            heartbeat: heartbeat
        )
        metrics = MetricsLoop(site: site, log: log)
        refresh.onChange = { @Sendable [process] in process.wake() }
        process.onMissing = { @Sendable [refresh] in refresh.wake() }
        process.onFailure = { @Sendable [ending, flag = stop.flag] failure in
            ending.failure.withLock { if $0 == nil { $0 = failure } }
            flag.set()
            ending.semaphore.signal()
        }
    }

    /// Runs until a signal or a failure ends it.
    func run(onceReady: Bool) throws(Failure) -> ExitCode {
        for override in site.configuration.policy.overrides {
            log(.policyOverrideActive, "A rule's severity is changed by the configuration", .rule(override.rule))
        }
        if process.generation == 0 {
            if let report = try refresh.first(manager) { refresh.tell(report) }
            try process.takeUp()
        }
        if onceReady {
            process.tellReady()
            return stop.exitCode ?? (process.generation > 0 ? .done : .refused)
        }
        let signals = listen()
        process.start()
        refresh.start()
        metrics.start()
        ending.semaphore.wait()
        withExtendedLifetime(signals) {}
        return try end()
    }

    private func end() throws(Failure) -> ExitCode {
        log(.serviceDraining, "Finishing what is in flight")
        manager.stopping(within: site.configuration.process.drain.milliseconds)
        stop.flag.set()
        refresh.stop()
        let isDone = process.drain(milliseconds: site.configuration.process.drain.milliseconds)
        metrics.stop()
        let failure = ending.failure.withLock { $0 }
        log(.serviceStop, "Stopped", .reason(failure?.name ?? (isDone ? "signal" : "signal, before work was finished")))
        if let failure { throw failure }
        return stop.exitCode ?? .done
    }

    private func listen() -> [SignalSource] {
        let queue = DispatchQueue(label: "counterfoil.control")
        let control = DaemonControl(
            path: options.config,
            process: process,
            refresh: refresh,
            metrics: metrics,
            log: log,
            manager: manager
        )
        // A log reader that goes away must not take the daemon with it.
        _ = signal(SIGPIPE, SIG_IGN)
        return [
            SignalSource(SIGHUP, on: queue) { @Sendable in control.reload() },
            SignalSource(SIGUSR1, on: queue) { @Sendable in control.tellStatus() },
        ]
    }
}
