import Dispatch
import Encoding
import KeyCache
import Ledger
import Operations
import PKIX
import Pipeline
import Spool

/// The work of the daemon: passes over the spool, one after another on its own queue.
///
/// `@unchecked Sendable`: everything but `queue` is touched on `queue` only, once the initialiser is done.
final class ProcessLoop: @unchecked Sendable {
    let queue = DispatchQueue(label: "counterfoil.process")
    private var site: Site
    private let spool: Spool
    private let keys: KeyStore
    private let cell: SnapshotCell
    private let stopping: StopFlag
    private let log: Log
    private let manager: ServiceManager
    private var processor: Processor
    private let dropped: DroppedBundles
    private var watcher: SpoolWatcher?
    private var timer: (any DispatchSourceTimer)?
    private let heartbeat: Heartbeat
    private let sweep: SweepLoop
    private let book: PassBook
    private var pulse: (any DispatchSourceTimer)?
    private var keyLog: KeyEventLog?
    private var last: PassResult?
    private var isReady = false
    /// Why nothing is taken, as was told last.
    private var standstill: String?
    /// Called after a pass that found keys missing.
    var onMissing: @Sendable () -> Void = {}
    /// Called once, when going on would not be safe.
    var onFailure: @Sendable (Failure) -> Void = { _ in }

    init(site: Site, keys: KeyStore, stopping: StopFlag, log: Log, manager: ServiceManager, heartbeat: Heartbeat)
        throws(Failure)
    {
        self.site = site
        self.heartbeat = heartbeat
        self.keys = keys
        self.stopping = stopping
        self.log = log
        self.manager = manager
        spool = try site.spool()
        book = PassBook(spool, site.clock)
        dropped = DroppedBundles(spool: spool, store: keys, log: log)
        processor = Processor(
            spool: spool,
            ledger: try site.ledger(),
            keys: keys,
            plan: try site.plan(),
            stopping: stopping
        )
        sweep = SweepLoop(spool: spool, ledger: processor.ledger, site: site, stopping: stopping, log: log)
        let anchors = try site.anchors()
        do throws(KeyStoreError) {
            cell = try SnapshotCell(store: keys, anchors: anchors, at: site.clock.now())
            keyLog = try KeyEventLog(keys, log)
        } catch {
            throw Failure(error)
        }
    }

    /// The generation of the snapshot in use; 0 where nothing was ever fetched.
    var generation: Int { cell.snapshot.generation }

    /// Takes up what a first refresh brought, before the work begins.
    func takeUp() throws(Failure) {
        try queue.sync {
            Result { () throws(Failure) in
                try dropped.take(site)
                try reload()
            }
        }
        .get()
    }

    /// Begins: a first pass, then one on every hint and every `spool.scan_every`.
    func start() {
        do throws(SpoolError) {
            watcher = try SpoolWatcher(spool, on: queue) { @Sendable [weak self] hint in self?.heard(hint) }
        } catch {
            // Notices only make it sooner: without them incoming is read every `spool.scan_every`.
            log(.spoolRescan, "No notices of new files can be had", .path(SpoolFolder.incoming.rawValue))
        }
        setTimer()
        pulse = heartbeat.timer(.process, on: queue)
        wake()
        sweep.start()
    }

    /// Looks into the spool soon.
    func wake() {
        queue.async { @Sendable [weak self] in self?.pass() }
    }

    /// Works by another configuration from the next pass on; what is tied to the old one by files stays.
    func use(_ site: Site, then done: @escaping @Sendable (Failure?) -> Void) {
        queue.async { @Sendable [weak self] in
            guard let self else { return }
            do throws(Failure) {
                let anchors = try site.anchors()
                let plan = try site.plan()
                self.processor = Processor(
                    spool: self.spool,
                    ledger: self.processor.ledger,
                    keys: self.keys,
                    plan: plan,
                    stopping: self.stopping
                )
                self.site = site
                try self.reload(anchors)
                self.sweep.use(site)
                self.setTimer()
                done(nil)
                self.pass()
            } catch {
                done(error)
            }
        }
    }

    /// Says in one line how the work stands.
    func status(_ tell: @escaping @Sendable (String) -> Void) {
        queue.async { @Sendable [weak self] in
            guard let self else { return }
            tell(self.statusLine)
        }
    }

    /// Waits until what is in flight is finished; false where that takes longer than `milliseconds`.
    func drain(milliseconds: Int64) -> Bool {
        let idle = DispatchSemaphore(value: 0)
        queue.async { @Sendable [weak self] in
            self?.watcher?.cancel()
            self?.timer?.cancel()
            self?.pulse?.cancel()
            idle.signal()
        }
        return idle.wait(timeout: .now() + .milliseconds(Int(milliseconds))) == .success
    }

    private var statusLine: String {
        let snapshot = "snapshot \(cell.snapshot.generation)"
        guard let last else { return "\(snapshot), no pass yet" }
        let counts = last.tally.counts
        return "\(snapshot), last pass \(Timestamp.rfc3339(last.now)): \(counts.accepted) accepted, "
            + "\(counts.rejected) rejected, \(counts.malformed) malformed, \(last.waiting) waiting"
    }

    private func heard(_ hint: SpoolHint) {
        switch hint {
        case .arrived: break
        case .lookEverywhere: log(.spoolOverflow, "Hints were lost, looking everywhere")
        case .ended(let folder): log(.spoolRescan, "No more hints come from a folder", .path(folder.rawValue))
        }
        pass()
    }

    private func setTimer() {
        timer?.cancel()
        let every = site.configuration.spool.scanEvery.milliseconds
        let timer = DispatchSource.makeTimerSource(queue: queue)
        timer.schedule(deadline: .now() + .milliseconds(Int(every)), repeating: .milliseconds(Int(every)))
        timer.setEventHandler { @Sendable [weak self] in self?.pass() }
        timer.activate()
        self.timer = timer
    }

    private func reload(_ anchors: TrustAnchors? = nil) throws(Failure) {
        do throws(KeyStoreError) {
            let hasChanged = try cell.reloadIfChanged(at: site.clock.now(), anchors: anchors)
            if hasChanged {
                log(.snapshotPublished, "Using a new snapshot of the keys", .generation(cell.snapshot.generation))
                try keyLog?.tell()
            }
        } catch {
            throw Failure(error)
        }
    }

    /// Ready means that there are keys to work with, not only that the process lives.
    func tellReady() {
        guard !isReady, generation > 0 else { return }
        isReady = true
        log(.serviceReady, "Ready", .generation(generation))
        manager.ready("snapshot \(generation)")
    }

    private func pass() {
        guard !stopping.isSet else { return }
        do throws(Failure) {
            let result = try book.noting(work)
            standstill = nil
            if !result.tally.isIdle {
                last = result
                tell(result)
            }
            if !result.tally.wanted.isEmpty { onMissing() }
        } catch {
            fail(error)
        }
    }

    private func work() throws(Failure) -> PassResult {
        try dropped.take(site)
        try reload()
        tellReady()
        let run = PassRun(processor: processor, site: site)
        var batches = BatchLog(log, at: site.clock.monotonicMilliseconds())
        processor.onProgress = { [weak self, heartbeat, manager, clock = site.clock] progress in
            // Work means that what stood in its way is over: the next time is told again.
            self?.standstill = nil
            heartbeat.beat(.process)
            guard batches.hear(progress, at: clock.monotonicMilliseconds()) else { return }
            manager.status("working: \(Figure.count(progress.tally.requests)) requests in this pass")
        }
        heartbeat.beat(.process)
        let now = site.clock.now()
        let answers = AnswerLog(log, retryFor: site.configuration.spool.retryFor.seconds, at: now)
        processor.onAnswer = { answers.hear($0) }
        processor.onLost = { [log] name, reason in
            log(.spoolResultLost, "A committed result is lost", .path(name), .reason(reason))
        }
        defer { answers.finish() }
        return try run.run(cell.snapshot, at: now)
    }

    private func tell(_ result: PassResult) {
        let (counts, tally) = (result.tally.counts, result.tally)
        log.write(
            .batchDone,
            "Finished a pass over the spool",
            [
                .count(.requests, tally.requests), .count(.accepted, counts.accepted),
                .count(.rejected, counts.rejected), .count(.malformed, counts.malformed),
                .count(.deferred, counts.deferred), .count(.duplicate, counts.duplicate),
                .count(.failed, tally.failed.count), .milliseconds(tally.milliseconds),
            ]
        )
        for file in tally.failed {
            log(.spoolMalformed, "A file was set aside", .path(file.name), .reason(file.reason))
        }
        manager.status(statusLine)
    }

    /// Too little room passes; after any other failure of the machine what is on disk is no longer known, so the
    /// daemon ends and the next start recovers.
    private func fail(_ failure: Failure) {
        guard [Failure.spaceLow, Failure.paused].contains(failure.name) else { return onFailure(failure) }
        defer { standstill = failure.name }
        guard standstill != failure.name else { return }
        if failure.name == Failure.paused {
            log(.spoolPaused, "Nothing is taken: a pause is asked for")
        } else {
            log(.spoolDiskLow, "Nothing is taken: too little room on the disk of the spool", .reason(failure.line))
        }
    }
}
