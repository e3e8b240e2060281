package import Crypto
package import Encoding
import GRDB
import PKIX

/// What an import may do to the cache, in the one transaction it has.
///
/// Lives as long as that transaction; belongs to one thread.
package final class ImportDesk {
    private let db: Database
    private let acceptance: Acceptance
    private let time: UnixTime
    private var preparation: Preparation
    private var life: BundleLife?

    init(_ db: Database, acceptance: Acceptance, at time: UnixTime) {
        self.db = db
        self.acceptance = acceptance
        self.time = time
        preparation = Preparation(settings: acceptance.settings, anchors: acceptance.anchors)
    }

    /// What is trusted now.
    package func trust() throws(KeyStoreError) -> [TrustRow] {
        try run { try TrustTable.all(db) }
    }

    /// The time floor: no clock before it is believed.
    package func timeFloor() throws(KeyStoreError) -> UnixTime { try run { try Meta.read(db).timeFloor } }

    /// The newest bundle that was imported.
    package func latest() throws(KeyStoreError) -> BundleRecord? {
        try run { try BundleTable.latest(db, .imported)?.record }
    }

    /// Trusts metadata from now on; that a root is pinned is an event.
    package func keep(_ row: TrustRow) throws(KeyStoreError) {
        try run {
            try TrustTable.keep(db, row, at: time)
            guard row.role == .pin else { return }
            let data = EventData.pin(row.sha256.hex, nil)
            try EventLog.append(db, .bundlePinned, source: nil, at: try Meta.judged(db, time), data: data)
        }
    }

    /// Forgets what was trusted of a role.
    package func forget(_ role: TrustRow.Role) throws(KeyStoreError) {
        try run { try TrustTable.forget(db, role) }
    }

    /// Records the bundle; what is taken from now on comes with it.
    package func begin(_ record: BundleRecord) throws(KeyStoreError) {
        try run {
            let id = try BundleTable.insert(db, record)
            life = BundleLife(bundle: id, freshUntil: record.freshUntil, usableUntil: record.usableUntil)
            try Meta.raiseFloor(db, to: record.created)
            let data = EventData.bundle(record)
            try EventLog.append(db, .bundleImported, source: nil, at: try Meta.judged(db, time), data: data)
            if record.word != nil {
                try EventLog.append(db, .bundleExtended, source: nil, at: try Meta.judged(db, time), data: data)
            }
            try Meta.beat(db, at: time)
        }
    }

    /// Lets what the newest imported bundle brought count until a time an operator decided.
    package func extend(until end: UnixTime, _ word: OperatorWord) throws(KeyStoreError) {
        try run {
            guard let latest = try BundleTable.latest(db, .imported) else { return }
            try BundleTable.extend(db, latest.id, until: end, word)
            guard let extended = try BundleTable.latest(db, .imported)?.record else { return }
            let judged = try Meta.judged(db, time)
            try EventLog.append(db, .bundleExtended, source: nil, at: judged, data: EventData.bundle(extended))
            try Meta.beat(db, at: time)
        }
    }

    /// Makes sources known.
    package func plant(_ seeds: [SourceSeed]) throws(KeyStoreError) -> SeedOutcome {
        try run {
            let judged = try Meta.judged(db, time)
            return try Seeding(limit: acceptance.settings.sourceLimit, time: judged).plant(db, seeds)
        }
    }

    /// The source with a URL.
    package func source(_ url: String) throws(KeyStoreError) -> Source? {
        try run { try SourceTable.one(db, url: url)?.judged(by: acceptance.settings) }
    }

    /// A body the cache has, of an earlier bundle or of a fetch of its own.
    package func body(_ digest: SHA256Digest) throws(KeyStoreError) -> [UInt8]? {
        try run { try BodyTable.bytes(db, digest: digest.bytes) }
    }

    /// Takes a body as a fetch would: vets it, and applies, holds or refuses it; nil where its source is not known.
    ///
    /// One that is older than ours is refused as `copy_older`, yet what an older set of revoked keys lists is revoked.
    package func take(_ arrival: BundleArrival) throws(KeyStoreError) -> AcceptOutcome? {
        try run {
            guard let source = try SourceTable.one(db, url: arrival.url) else { return nil }
            let content = Arrival.Content.body(
                arrival.body,
                Validators(etag: arrival.etag, lastModified: arrival.lastModified)
            )
            let arrival = Arrival(content, for: source, at: time, copiedAt: arrival.fetchedAt, life: life)
            return try acceptance.take(db, arrival, &preparation)
        }
    }

    /// Keeps a key of the past for migrations, unless its source ever listed it here; tells whether it was new.
    package func keep(_ past: DepartedKey) throws(KeyStoreError) -> Bool {
        try run {
            guard let source = try SourceTable.one(db, url: past.url), source.class.publishesKeys else { return false }
            return try DepartedKeys(source: source, time: try Meta.judged(db, time)).keep(db, past)
        }
    }

    /// Carries out another operator's word, unless it was before; tells whether it was new.
    package func revoke(_ order: RevocationOrder) throws(KeyStoreError) -> Bool {
        try run {
            let revocation = OperatorRevocation(order: order, time: try Meta.judged(db, time))
            guard try !revocation.isKnown(db) else { return false }
            _ = try revocation.run(db)
            return true
        }
    }

    /// Ends the import: what was kept is of a generation of its own, and readers look again.
    package func finish() throws(KeyStoreError) {
        try run {
            let judged = try Meta.judged(db, time)
            _ = try Meta.nextGeneration(db, at: judged)
            try Meta.beat(db, at: judged)
        }
    }

    private func run<R>(_ work: () throws -> R) throws(KeyStoreError) -> R {
        do { return try work() } catch { throw SQLiteFault.translated(error) }
    }
}
