package import Crypto
package import Encoding
import GRDB
import JOSE
package import PKIX

/// The cache on disk: sources, what they sent, what was made of it, and what is still wanted.
///
/// One process refreshes, others read beside it. A content change is on disk when a method returns; no failed fetch ever
/// replaces or ages out what was good before its time.
package final class KeyStore: Sendable {
    /// What the operator decided.
    package let settings: CacheSettings
    let file: CacheFile

    private init(file: CacheFile, settings: CacheSettings) {
        self.file = file
        self.settings = settings
    }

    /// Opens the cache for reading and writing; the file is made where missing.
    package static func open(path: String, settings: CacheSettings = CacheSettings()) throws(KeyStoreError) -> KeyStore
    {
        KeyStore(file: try CacheFile(path: path, readOnly: false, patience: settings.patience), settings: settings)
    }

    /// Opens the cache for reading, also while another process writes.
    package static func openReadOnly(path: String, settings: CacheSettings = CacheSettings()) throws(KeyStoreError)
        -> KeyStore
    {
        KeyStore(file: try CacheFile(path: path, readOnly: true, patience: settings.patience), settings: settings)
    }

    /// Closes the file; the store is of no use afterwards.
    package func close() throws(KeyStoreError) { try file.close() }

    // MARK: Sources

    /// Makes sources known; never forgets one, nor what was learned from it.
    @discardableResult
    package func upsert(_ seeds: [SourceSeed], at time: UnixTime) throws(KeyStoreError) -> SeedOutcome {
        try file.write(.full) { db in
            try Seeding(limit: settings.sourceLimit, time: Meta.judged(db, time)).plant(db, seeds)
        }
    }

    /// All sources, in the order they became known.
    package func allSources() throws(KeyStoreError) -> [Source] {
        try file.read(SourceTable.all).map { $0.judged(by: settings) }
    }

    /// The source with a URL.
    package func source(_ url: String) throws(KeyStoreError) -> Source? {
        try file.read { db in try SourceTable.one(db, url: url) }?.judged(by: settings)
    }

    /// The source of a number, as events name it.
    package func source(id: Int64) throws(KeyStoreError) -> Source? {
        try file.read { db in try SourceTable.one(db, id: id) }.judged(by: settings)
    }

    /// What is to be fetched now and nobody is fetching, the directory first, then the longest overdue.
    package func dueSources(at time: UnixTime) throws(KeyStoreError) -> [Source] {
        try file.read { db in
            try DueCalendar(db, settings: settings, at: time).due(among: try SourceTable.all(db))
        }
    }

    // MARK: Outcomes of a fetch

    /// Takes a body: vets it, and applies, holds or refuses it.
    ///
    /// `jitter`, from 0 to 1, spreads the next refresh; draw it anew for each call.
    package func accept(
        body: [UInt8],
        validators: Validators,
        for source: Source,
        at time: UnixTime,
        anchors: TrustAnchors,
        jitter: Double = 0.5
    ) throws(KeyStoreError) -> AcceptOutcome {
        let arrival = Arrival(.body(body, validators), for: source, at: time, jitter: jitter)
        return try Acceptance(settings: settings, file: file, anchors: anchors).record([arrival])[0]
    }

    /// Records what several fetches brought, in order, in one transaction; a failed fetch comes out as refused.
    ///
    /// One sync to disk instead of one each: give it as many as memory and patience allow.
    package func record(_ arrivals: [Arrival], anchors: TrustAnchors) throws(KeyStoreError) -> [AcceptOutcome] {
        guard !arrivals.isEmpty else { return [] }
        let acceptance = Acceptance(settings: settings, file: file, anchors: anchors)
        do throws(KeyStoreError) {
            return try acceptance.record(arrivals)
        } catch  where error.mayBeOfOneSource && arrivals.count > 1 {
            // A damaged row must not cost the others their refresh: each by itself, up to the one that fails.
            var outcomes: [AcceptOutcome] = []
            for arrival in arrivals { outcomes += try acceptance.record([arrival]) }
            return outcomes
        }
    }

    /// The server said that the body in use is still the one.
    package func notModified(
        _ source: Source,
        validators: Validators = Validators(),
        at time: UnixTime,
        jitter: Double = 0.5
    ) throws(KeyStoreError) -> AcceptOutcome {
        try file.write(.normal) { db in
            let attempt = try Attempt(db, settings: settings, source: source.id, at: time, jitter: jitter)
            return try attempt.confirm(db, validators)
        }
    }

    /// A fetch failed with a code of the fetcher; what was good stays good.
    package func failed(
        _ source: Source,
        error: String,
        at time: UnixTime,
        retryAfter: Int64? = nil,
        jitter: Double = 0.5
    ) throws(KeyStoreError) {
        try file.write(.normal) { db in
            let attempt = try Attempt(db, settings: settings, source: source.id, at: time, jitter: jitter)
            try attempt.books.fail(db, code: error, retryAfter: retryAfter)
        }
    }

    // MARK: Wanted keys

    /// Remembers keys that deferred requests wait for; returns how many gave way because the list is full.
    @discardableResult
    package func recordWanted(_ wanted: [WantedKey]) throws(KeyStoreError) -> Int {
        try file.write(.normal) { db in
            try WantedTable.add(db, wanted, limit: settings.wantedLimit, perSource: settings.wantedPerSource)
        }
    }

    /// What is still wanted, the longest wanted first.
    package func wanted() throws(KeyStoreError) -> [WantedKey] { try file.read(WantedTable.all) }

    /// Forgets a wanted key nobody waits for any more.
    package func forgetWanted(_ wanted: [WantedKey]) throws(KeyStoreError) {
        try file.write(.normal) { db in
            for key in wanted { try WantedTable.forget(db, key) }
        }
    }

    // MARK: Upkeep

    /// Moves listings whose time has come: certificates that ended, graces that are over; returns how many.
    ///
    /// Adds `counted` to the counters, and how often each event came since the last time.
    @discardableResult
    package func sweep(
        at time: UnixTime,
        counting counted: [(name: String, number: Int64)] = []
    ) throws(KeyStoreError) -> Int {
        try file.write(.full) { db in
            try WantedTable.expire(db, at: time)
            try CounterTable.add(db, counted)
            try CounterTable.followEvents(db)
            let judged = try Meta.judged(db, time)
            try ReplayTable.clear(db, before: judged - settings.replayTime)
            return try Sweep(time: judged).run(db)
        }
    }

    /// Vets certificates anew whose verdict was reached with other anchors; returns how many.
    @discardableResult
    package func vetAnew(anchors: TrustAnchors, at time: UnixTime) throws(KeyStoreError) -> Int {
        let stale = try file.read { db in try CertificateTable.vettedOtherwise(db, than: anchors.digest) }
        guard !stale.isEmpty else { return 0 }
        var records: [(fingerprint: SHA256Digest, record: ChainRecord)] = []
        for der in stale {
            do {
                let certificate = try anchors.vet(der)
                records.append((certificate.fingerprint, certificate.chainRecord))
            } catch {
                throw .corrupt("a kept certificate cannot be read: \(error)")
            }
        }
        return try file.write(.full) { db in
            let judged = try Meta.judged(db, time)
            for verdict in records {
                try CertificateTable.vet(db, verdict.fingerprint, verdict.record, anchors.digest, at: judged)
            }
            _ = try Meta.nextGeneration(db, at: judged)
            try Meta.beat(db, at: judged)
            return records.count
        }
    }

    /// The latest time ever recorded; an earlier clock is not believed.
    package func timeFloor() throws(KeyStoreError) -> UnixTime { try file.read { db in try Meta.read(db).timeFloor } }

    /// Sets the time floor, lower too: for an operator, after a clock had run wild.
    package func resetTimeFloor(to time: UnixTime) throws(KeyStoreError) {
        try file.write(.full) { db in
            let old = try Meta.read(db).timeFloor
            try Meta.resetFloor(db, to: time)
            try EventLog.append(db, .floorReset, source: nil, at: time, data: EventData.text("from", "\(old)"))
            try Meta.beat(db, at: time)
        }
    }

    /// The newest entries of the log, oldest first.
    package func events(limit: Int) throws(KeyStoreError) -> [CacheEvent] {
        try file.read { db in try EventLog.latest(db, limit: limit) }
    }

    /// The entries of the log after one of them, oldest first.
    package func events(after seq: Int64, limit: Int) throws(KeyStoreError) -> [CacheEvent] {
        try file.read { db in try EventLog.entries(db, after: seq, limit: limit) }
    }

    /// The first place where the log was tampered with or damaged, or nil when it is whole.
    package func firstBrokenEvent() throws(KeyStoreError) -> Int64? { try file.read(EventLog.firstBreak) }

    // MARK: Counters

    /// Adds to numbers that are kept for whoever monitors the cache, by their names.
    package func count(_ counted: [(name: String, number: Int64)]) throws(KeyStoreError) {
        guard !counted.isEmpty else { return }
        try file.write(.normal) { db in try CounterTable.add(db, counted) }
    }

    /// The numbers counted so far.
    package func counters() throws(KeyStoreError) -> [(name: String, number: Int64)] {
        try file.read { db in try CounterTable.all(db) }
    }

    /// How often each event came, up to the last sweep; names are those of `EventKind`.
    package func eventCounts() throws(KeyStoreError) -> [(kind: String, number: Int64)] {
        try file.read { db in try CounterTable.events(db) }
    }

    // MARK: Readers

    /// How the cache stands, for `status`; works beside a process that writes.
    package func summary(
        at time: UnixTime,
        anchors: TrustAnchors? = nil,
        expiringWithin horizon: Int64 = 60 * 86400
    ) throws(KeyStoreError) -> CacheSummary {
        try file.read { db in
            try SummaryReader(time: time, settings: settings, anchors: anchors, horizon: horizon).read(db)
        }
    }

    /// Every key ever known, for migration batches; read as it is asked for.
    package func history() -> KeyHistory { KeyHistory(store: self) }

    /// The same as it was known in the state a snapshot shows, so that a verdict sees one world.
    package func history(in snapshot: Snapshot) -> KeyHistory { KeyHistory(store: self, snapshot: snapshot) }

    func historicKeys(url: String, in snapshot: Snapshot? = nil) throws(KeyStoreError) -> [HistoricKey] {
        try file.read { db in
            guard let source = try SourceTable.one(db, url: url), source.class.publishesKeys else { return [] }
            guard let snapshot else { return try HistoryTable.keys(db, of: source.judged(by: settings)) }
            let then = source.usable(until: snapshot.keySet(url)?.usableUntil)
            return try HistoryTable.keys(db, of: then, in: snapshot.generation)
        }
    }

    // MARK: Past states

    /// The last state of a generation; the present one for the newest.
    package func state(of generation: Int) throws(KeyStoreError) -> CacheState {
        try file.read { db in try ReplayTable.last(db, of: generation) }
    }

    /// Keeps trust anchors that something is judged with, where they are not kept yet.
    package func keep(_ anchors: TrustAnchors) throws(KeyStoreError) {
        guard try file.read({ db in try !AnchorTable.isKept(db, anchors.digest) }) else { return }
        try file.write(.full) { db in try AnchorTable.keep(db, anchors) }
    }

    /// Trust anchors that were in use, by their digest; nil where they were never kept.
    package func anchors(_ digest: SHA256Digest) throws(KeyStoreError) -> TrustAnchors? {
        try file.read { db in try AnchorTable.find(db, digest) }
    }

    func snapshot(anchors: TrustAnchors, in state: CacheState, at time: UnixTime) throws(KeyStoreError) -> Snapshot {
        try file.read(caching: true) { db in
            var loader = try SnapshotLoader(db, settings: settings, anchors: anchors, in: state, at: time)
            return try loader.load(db)
        }
    }

    // MARK: Snapshots

    func snapshot(
        anchors: TrustAnchors,
        reusing previous: Snapshot? = nil,
        at time: UnixTime
    ) throws(KeyStoreError) -> Snapshot {
        try file.read(caching: previous == nil) { db in
            var loader = try SnapshotLoader(db, settings: settings, anchors: anchors, previous: previous, at: time)
            return try loader.load(db)
        }
    }

    /// Whether anything was recorded that a snapshot does not show.
    func hasMoved(since snapshot: Snapshot) throws(KeyStoreError) -> Bool {
        let meta = try file.read(Meta.read)
        return meta.generation != snapshot.generation || meta.pulse != snapshot.pulse
    }
}
