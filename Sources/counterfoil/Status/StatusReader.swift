import Encoding
import KeyCache
import Ledger
import OpenBanking
import Operations
import PKIX
import Spool

/// Gathers what `status` shows from the files alone; a part that is not there yet stays empty.
struct StatusReader {
    private let site: Site
    private let now: UnixTime

    init(_ site: Site) {
        self.site = site
        now = site.clock.now()
    }

    func facts() throws(Failure) -> StatusFacts {
        let configuration = site.configuration
        var facts = StatusFacts(version: Version.number, now: now, environment: configuration.environment.rawValue)
        facts.configuration = configuration.origin.file
        facts.access = configuration.refresh.mode
        facts.overrides = configuration.policy.overrides.map { "\($0.rule.name)=\($0.severity.rawValue)" }
        let view = try site.spoolView()
        if let owner = try spool({ () throws(SpoolError) in try view?.owner() }) {
            facts.running = StatusFacts.Running(processID: owner.process, since: owner.since)
        }
        let ledger = try currentLedger(&facts)
        facts.keys = try keys(ledger, &facts)
        facts.spool = try view.map { view throws(Failure) in try spoolFacts(view, ledger) }
        facts.passes = try spool({ () throws(SpoolError) in try view?.passNote() }).map(passFacts)
        if let ledger { (facts.ledger, facts.work) = try ledgerFacts(ledger, view) }
        return facts
    }

    /// What deferred requests wait for, most wanted first.
    func missing() throws(Failure) -> [KeyFacts.Missing] {
        var facts = StatusFacts(version: Version.number, now: now, environment: "")
        if let ledger = try currentLedger(&facts) { return try LedgerReading.missing(ledger, at: now) }
        guard Folders.exists(site.configuration.refresh.cache) else { return [] }
        let store = try site.cacheView()
        do throws(KeyStoreError) { return try missing(nil, store) } catch { throw Failure(error) }
    }

    /// Every source of the cache; there must be one.
    func sources() throws(Failure) -> SourcesFacts {
        let store = try site.cacheView()
        do throws(KeyStoreError) {
            return try cacheFacts(store, anchorsIfAny()).shownSources
        } catch {
            throw Failure(error)
        }
    }

    // MARK: Parts

    /// The ledger; nil where there is none, or where the next pass has to bring it up to date first.
    private func currentLedger(_ facts: inout StatusFacts) throws(Failure) -> Ledger? {
        do throws(Failure) {
            return try site.ledgerView()
        } catch {
            guard error.name == LedgerError.olderSchema(found: 0, known: 0).code else { throw error }
            facts.hasOlderLedger = true
            return nil
        }
    }

    /// Far enough ahead for the end of every authority.
    private static let allAuthorities: Int64 = 10_000 * 366 * 86_400

    /// The cache; nil where there is none, or where a refresh has to bring it up to date first.
    private func keys(_ ledger: Ledger?, _ facts: inout StatusFacts) throws(Failure) -> KeyFacts? {
        guard Folders.exists(site.configuration.refresh.cache) else { return nil }
        let store: KeyStore
        do throws(Failure) {
            store = try site.cacheView()
        } catch {
            guard error.name == KeyStoreError.schemaTooOld(path: "").code else { throw error }
            facts.hasOlderCache = true
            return nil
        }
        let anchors = anchorsIfAny()
        do throws(KeyStoreError) {
            var facts = try cacheFacts(store, anchors).facts
            facts.anchors = anchors.map { $0.directory.count + $0.qualified.count } ?? 0
            facts.client = ClientCertificate.expiry(site)
            facts.missing = try missing(ledger, store)
            facts.databaseBytes = DiskSpace.size(of: site.configuration.refresh.cache)
            facts.walBytes = DiskSpace.size(of: "\(site.configuration.refresh.cache)-wal")
            return facts
        } catch {
            throw Failure(error)
        }
    }

    private func cacheFacts(_ store: KeyStore, _ anchors: TrustAnchors?) throws(KeyStoreError) -> CacheFacts {
        CacheFacts(
            summary: try store.summary(at: now, anchors: anchors, expiringWithin: Self.allAuthorities),
            sources: try store.allSources(),
            holds: try store.holds(),
            configuration: site.configuration,
            bundle: try store.importedBundle()
        )
    }

    /// Anchors that cannot be used are a matter for the screen, not the end of it.
    private func anchorsIfAny() -> TrustAnchors? {
        do throws(Failure) { return try site.anchors() } catch { return nil }
    }

    private func missing(_ ledger: Ledger?, _ store: KeyStore) throws(KeyStoreError) -> [KeyFacts.Missing] {
        do throws(Failure) {
            if let ledger { return try LedgerReading.missing(ledger, at: now) }
        } catch {
            // The ledger's trouble is told in its own part; the cache knows what is wanted too.
        }
        return try store.wanted().map { KeyFacts.Missing(url: $0.url, keyID: $0.kid, requests: 1) }
    }

    private func spoolFacts(_ view: SpoolView, _ ledger: Ledger?) throws(Failure) -> SpoolFacts {
        let counts = try spool { () throws(SpoolError) in try view.counts() }
        var facts = SpoolFacts()
        facts.incoming = counts.incoming.files
        facts.oldestIncoming = counts.incoming.oldest
        facts.active = counts.active.files
        facts.failed = counts.failed.values.reduce(0, +)
        let space = try spool { () throws(SpoolError) in try view.freeSpace() }
        facts.diskFree = space.bytes
        facts.shortage = space.shortage(for: site.neededSpace).map { .init(words: $0.words, remedy: $0.remedy) }
        facts.isPaused = try spool { () throws(SpoolError) in try view.isPaused() }
        facts.deferred = counts.deferred.files
        facts.oldestDeferred = counts.deferred.oldest
        if let ledger {
            let waiting = try LedgerReading.waiting(ledger, at: now)
            if !waiting.isEmpty {
                facts.deferred = waiting.count
                facts.oldestDeferred = waiting.map(\.firstDeferredAt).min()
                facts.nextTry = waiting.map(\.nextTryAt).min()
            }
        }
        return facts
    }

    private func passFacts(_ note: PassNote) -> PassFacts {
        var facts = PassFacts()
        (facts.goodAt, facts.inARow, facts.totals) = (note.goodAt, note.inARow, note.totals)
        if let failure = note.failure { (facts.failure, facts.failedAt) = (failure.name, failure.at) }
        return facts
    }

    private func ledgerFacts(_ ledger: Ledger, _ view: SpoolView?) throws(Failure) -> (LedgerFacts, WorkFacts?) {
        let path = site.configuration.ledger.path
        // Before the ledger, which may be ahead of what was noted, and never behind.
        let noted = try spool { () throws(SpoolError) in try view?.notedLedgerGroup() ?? 0 }
        let summary = try LedgerReading.summary(ledger, at: now)
        var facts = LedgerFacts(
            clients: summary.clients,
            databaseBytes: summary.databaseBytes,
            walBytes: DiskSpace.size(of: "\(path)-wal"),
            diskFree: DiskSpace.free(at: path)
        )
        facts.lastExportAt = summary.lastExportAt
        facts.changedSinceExport = summary.changedSinceExport ?? 0
        (facts.pendingResults, facts.openBatches) = (summary.pendingResults, summary.openBatches)
        facts.lostResults = summary.lostResults
        facts.isOlder = noted > summary.lastGroup
        for outcome in Outcome.allCases { facts.answers[outcome] = summary.ever[outcome] }
        guard let pass = summary.lastPass, let end = pass.finishedAt else { return (facts, nil) }
        let last = try LedgerReading.lastPass(ledger, at: now)
        var work = WorkFacts(finishedAt: end, milliseconds: last?.milliseconds ?? 0)
        if let counts = last?.counts {
            (work.accepted, work.rejected, work.malformed) = (counts.accepted, counts.rejected, counts.malformed)
            (work.deferred, work.duplicate) = (counts.deferred, counts.duplicate)
        }
        return (facts, work)
    }

    private func spool<R>(_ body: () throws(SpoolError) -> R) throws(Failure) -> R {
        do throws(SpoolError) { return try body() } catch { throw Failure(error) }
    }
}
