import ArgumentParser
import Encoding
import KeyCache
import Ledger
import Operations
import PKIX
import Pipeline
import Spool

/// One pass over the spool, with the keys of the cache and without the network.
struct ProcessCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "process",
        abstract: "Process what was dropped and what waits, with the cached keys only.",
        discussion: """
            Examples:
              counterfoil process
              counterfoil process --dry-run --json
              counterfoil process --report html=pass.html
            """
    )

    enum Trouble: String, ExpressibleByArgument, CaseIterable {
        case rejected
    }

    @OptionGroup var settings: SettingsOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var time: TimeOptions
    @OptionGroup var meter: ProgressOptions

    @Flag(help: "Judge what lies in incoming without taking or writing anything.")
    var dryRun = false

    @Option(help: "Take no more than about this many requests; a group that was begun is finished.")
    var limit: Int?

    @Option(help: "Write a report of the pass: html=FILE, csv=FILE or ndjson=FILE; once for each.")
    var report: [ReportArgument] = []

    @Option(help: "End with 4 when a request was rejected.")
    var failOn: Trouble?

    @Flag(help: "End with 5 when there was nothing to do.")
    var failIfIdle = false

    var isForProgram: Bool { output.json }

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    }

    mutating func perform() throws(Failure) -> ExitStatus {
        ProcessPrivacy.enter()
        let site = try Site(settings, clock: time.clock)
        let stop = StopSignals()
        let files = ReportFiles(report)
        try files.check()
        var late: Failure?
        let result: PassResult
        do throws(Failure) {
            result = dryRun ? try rehearse(site, files, stop) : try process(site, files, stop, &late)
        } catch {
            // What ends a pass is what monitoring waits for.
            if !dryRun { MetricsFile.leave(site) }
            throw error
        }
        let isQuiet =
            settings.quiet || (result.tally.isIdle && !settings.verbose && !Terminal(descriptor: 1).isTerminal)
        if output.json {
            StandardOutput.line(PassJSON.write(result))
        } else if !isQuiet {
            StandardOutput.show(PassScreen.text(result))
        }
        if !dryRun { MetricsFile.leave(site) }
        if let message = result.keys.message(site.configuration, now: result.now) {
            StandardError.write("\(message)\n")
        }
        if let late { throw late }
        if let code = stop.exitCode { return ExitStatus(code) }
        return ExitStatus(code(result))
    }

    private func code(_ result: PassResult) -> ExitCode {
        let counts = result.tally.counts
        return .ofPass(
            malformed: counts.malformed + result.tally.failed.count + result.tally.lost.count,
            deferred: counts.deferred,
            rejected: counts.rejected,
            taken: counts.total + result.tally.failed.count,
            keysUsable: result.keys.areUsable,
            failOnRejected: failOn == .rejected,
            failIfIdle: failIfIdle
        )
    }

    /// A pass by the owner of the spool, who writes down how it ended.
    private func process(
        _ site: Site,
        _ files: ReportFiles,
        _ stop: StopSignals,
        _ late: inout Failure?
    ) throws(Failure) -> PassResult {
        let anchors = try site.anchors()
        let spool = try site.spool()
        return try PassBook(spool, site.clock).noting { () throws(Failure) in
            try pass(site, spool, anchors, files, stop, &late)
        }
    }

    /// A pass; what goes wrong once it is done is told behind what it did.
    private func pass(
        _ site: Site,
        _ spool: Spool,
        _ anchors: TrustAnchors,
        _ files: ReportFiles,
        _ stop: StopSignals,
        _ late: inout Failure?
    ) throws(Failure) -> PassResult {
        let keys = try keys(site, spool)
        let ledger = try site.ledger()
        let told = files.isEmpty ? nil : try PassReport(site, before: ledger)
        let processor = Processor(
            spool: spool,
            ledger: ledger,
            keys: keys,
            plan: try site.plan(),
            stopping: stop.flag
        )
        let meter = try PassMeter(output.json || settings.quiet ? .off : self.meter.progress, site)
        defer { meter.clear() }
        processor.onProgress = { meter.update($0) }
        let now = site.clock.now()
        let snapshot: Snapshot
        do throws(KeyStoreError) {
            snapshot = try Snapshot.load(keys, anchors: anchors, at: now)
        } catch {
            throw Failure(error)
        }
        // The process ends with the pass: to give back tens of thousands of keys one by one would only cost time.
        _ = unsafe Unmanaged.passRetained(snapshot)
        let result = try PassRun(processor: processor, site: site).run(snapshot, at: now, limit: limit ?? .max)
        do throws(Failure) {
            try told?.write(result, from: ledger, to: files)
            try sweep(processor, site, stop)
        } catch {
            late = error
        }
        return result
    }

    /// The cache, with the bundles that were dropped; a first one makes it.
    private func keys(_ site: Site, _ spool: Spool) throws(Failure) -> KeyStore {
        let isWaiting: Bool
        do throws(SpoolError) { isWaiting = try !spool.waitingBundles().isEmpty } catch { throw Failure(error) }
        guard isWaiting else { return try site.existingCache() }
        let keys = try site.cache()
        let log = DaemonLog.make(site.configuration, settings)
        try DroppedBundles(spool: spool, store: keys, log: log).take(site)
        return keys
    }

    /// Clears away what is finished, where the last time was an hour ago.
    private func sweep(_ processor: Processor, _ site: Site, _ stop: StopSignals) throws(Failure) {
        let now = site.clock.now()
        do throws(PipelineError) {
            guard try Housekeeping.isDue(processor.ledger, at: now) else { return }
            let keeping = Housekeeping(spool: processor.spool, rules: ConfiguredRetention.rules(site.configuration))
            let outcome = try keeping.sweep(at: now) { [flag = stop.flag] in flag.isSet }
            if outcome.isComplete { try Housekeeping.note(processor.ledger, at: now) }
            guard settings.verbose, outcome.total.files > 0 else { return }
            StandardError.write("removed \(outcome.total.files) finished files, \(Figure.bytes(outcome.total.bytes))\n")
        } catch {
            throw Failure(error)
        }
    }

    private func rehearse(_ site: Site, _ files: ReportFiles, _ stop: StopSignals) throws(Failure) -> PassResult {
        guard let view = try site.spoolView() else {
            throw Failure(SpoolError.missing(path: site.configuration.spool.path))
        }
        let told = files.isEmpty ? nil : try RehearsalReport(site, files)
        let result = try DryRun(site: site, view: view, report: told).run(limit: limit ?? .max) { stop.isSet }
        try told?.finish(result)
        return result
    }
}
