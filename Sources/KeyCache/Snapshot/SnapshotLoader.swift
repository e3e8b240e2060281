import Crypto
import Encoding
import GRDB
import JOSE
import PKIX

/// Builds a snapshot from the store, taking over from an earlier one whatever has not changed.
///
/// No signature and no path is verified here: that was done when a body was accepted, and the verdict kept. Only
/// certificates judged with other anchors are vetted again.
struct SnapshotLoader {
    private let previous: Snapshot?
    private let settings: CacheSettings
    /// The past state that is wanted; nil for the present.
    private let state: CacheState?
    private var past: PastVettings?
    /// The sources of the entries.
    private var sources: [Int64: Source] = [:]
    private var keys: [SHA256Digest: PublicKey] = [:]
    private var parts: SnapshotParts

    init(
        _ db: Database,
        settings: CacheSettings,
        anchors: TrustAnchors,
        previous: Snapshot?,
        at time: UnixTime
    ) throws {
        let meta = try Meta.read(db)
        self.settings = settings
        state = nil
        self.previous = previous?.anchors.digest == anchors.digest ? previous : nil
        parts = SnapshotParts(meta: meta, builtAt: max(time, meta.timeFloor), anchors: anchors)
        parts.listGrace = settings.revocationListGrace
    }

    /// For a past state, judged with `anchors` at `time`.
    init(
        _ db: Database,
        settings: CacheSettings,
        anchors: TrustAnchors,
        in state: CacheState,
        at time: UnixTime
    ) throws {
        try ReplayTable.check(db, state)
        (self.settings, self.state, previous) = (settings, state, nil)
        past = try PastVettings(db, in: state.generation)
        let meta = Meta(generation: state.generation, pulse: state.pulse, timeFloor: time)
        parts = SnapshotParts(meta: meta, builtAt: time, anchors: anchors)
        parts.listGrace = settings.revocationListGrace
    }

    /// Reads what is needed and puts the snapshot together.
    mutating func load(_ db: Database) throws -> Snapshot {
        (parts.loadedLists, parts.listStatuses) = try LoadedList.all(
            db,
            known: previous?.loadedLists ?? [],
            grace: parts.listGrace,
            in: state?.generation
        )
        parts.revoked = try RevocationTable.all(db, in: state?.generation)
        listen()
        let rows = try ListedRow.statement(db, in: state?.generation)
        for source in try known(db) where source.class != .crl {
            sources[source.id] = source
            if let entry = previous?.entries[source.id], entry.contentGeneration == source.contentGeneration,
                parts.builtAt <= entry.goodUntil
            {
                takeOver(entry.renewed(source))
            } else {
                try read(source, rows)
            }
        }
        reviseStandings()
        return Snapshot(parts)
    }

    /// The sources of which anything came, as they stand or stood.
    private func known(_ db: Database) throws -> [Source] {
        guard let state else {
            return try SourceTable.all(db).filter { $0.contentGeneration > 0 }.map { $0.judged(by: settings) }
        }
        return try SourceTable.all(db, in: state, by: settings)
    }

    /// Takes up what lists say: the earlier snapshot's view of it where nothing was added, so that its certificates stay.
    private mutating func listen() {
        let words = RevocationView(parts.lists, entries: parts.revoked, anchors: parts.anchors, at: parts.builtAt)
        let isKnown = previous.map { previous in
            previous.listGrace == parts.listGrace && previous.words.saysForGood(what: words)
                && previous.loadedLists.map(\.row) == parts.loadedLists.map(\.row)
        }
        parts.words = isKnown == true ? previous?.words ?? words : words
    }

    private mutating func takeOver(_ entry: SourceEntry) {
        parts.entries[entry.id] = entry
        for fingerprint in entry.set.keys.compactMap(\.certificateFingerprint)
        where parts.certificates[fingerprint] == nil { takeOver(fingerprint, previous?.certificates[fingerprint]) }
    }

    /// Takes a certificate over, with what lists say of it now.
    private mutating func takeOver(_ fingerprint: SHA256Digest, _ known: KnownCertificate?) {
        parts.certificates[fingerprint] = previous?.words === parts.words ? known : known?.heard(parts.words)
    }

    private mutating func read(_ source: Source, _ rows: RawStatement) throws {
        var listed: [(row: ListedRow, key: VerificationKey)] = []
        for row in try ListedRow.fetch(rows, source: source.id, at: parts.builtAt, skew: settings.clockSkew) {
            guard let key = publicKey(row) else { continue }
            let keepsCertificate = source.class.revokesKeys || row.bindsCertificate
            listed.append((row, row.key(key, withCertificate: keepsCertificate)))
            if keepsCertificate || row.state == .revoked { addCertificate(row, key) }
        }
        // A usable key before one that is not, where a kid names several: only so many are tried.
        let order = listed.sorted { left, right in
            // Among equals the one that came last: what it replaces may be waiting to go.
            (left.row.state.rank, -left.row.cameAt, left.row.position, left.row.id)
                < (right.row.state.rank, -right.row.cameAt, right.row.position, right.row.id)
        }
        parts.entries[source.id] = SourceEntry(
            source,
            keys: order.map { $0.key },
            standings: order.map { $0.row.standing },
            goodUntil: listed.map { $0.row.goodUntil }.min() ?? .max
        )
    }

    /// The key of a row, made once however often it is listed; nil when rules have become stricter since it was accepted.
    private mutating func publicKey(_ row: ListedRow) -> PublicKey? {
        if let known = keys[row.spkiSHA256] { return known }
        do {
            let key = try PublicKey.restored(spki: row.spki, sha256: row.spkiSHA256)
            keys[row.spkiSHA256] = key
            return key
        } catch {
            return nil
        }
    }

    /// Adds the certificate of a row, or the one known before where its verdict is still the same.
    private mutating func addCertificate(_ row: ListedRow, _ key: PublicKey) {
        guard let kept = row.certificate else { return }
        let listed = past?.judged(kept) ?? kept
        if let known = parts.certificates[listed.fingerprint], known.isOfRow(listed) { return }
        if let known = previous?.certificates[listed.fingerprint], known.isOfRow(listed) {
            takeOver(listed.fingerprint, known)
        } else {
            parts.certificates[listed.fingerprint] = KnownCertificate(listed, key: key, words: parts.words)
        }
    }

    /// Takes what is known of certificates into the standings of their keys, so that a request costs one look-up.
    private mutating func reviseStandings() {
        let certificates = parts.certificates
        for (id, entry) in parts.entries where entry.sourceClass.publishesKeys {
            guard let source = sources[id] else { continue }
            let revised = entry.revised(source) { certificates[$0]?.revocation }
            if revised.set !== entry.set { parts.entries[id] = revised }
        }
    }
}
