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
        self.previous = previous?.anchors.digest == anchors.digest ? previous : nil
        parts = SnapshotParts(meta: meta, builtAt: max(time, meta.timeFloor), anchors: anchors)
        parts.listGrace = settings.revocationListGrace
    }

    /// Reads what is needed and puts the snapshot together.
    mutating func load(_ db: Database) throws -> Snapshot {
        (parts.loadedLists, parts.listStatuses) = try LoadedList.all(
            db,
            known: previous?.loadedLists ?? [],
            grace: parts.listGrace
        )
        parts.revoked = try RevocationTable.all(db)
        let rows = try ListedRow.statement(db)
        for source in try SourceTable.all(db) where source.contentGeneration > 0 && source.class != .crl {
            let source = source.judged(by: settings)
            sources[source.id] = source
            if let entry = previous?.entries[source.id], entry.contentGeneration == source.contentGeneration,
                parts.builtAt <= entry.goodUntil
            {
                takeOver(entry.renewed(source))
            } else {
                try read(source, rows)
            }
        }
        reviseCertificates()
        reviseStandings()
        return Snapshot(parts)
    }

    private mutating func takeOver(_ entry: SourceEntry) {
        parts.entries[entry.id] = entry
        for fingerprint in entry.set.keys.compactMap(\.certificateFingerprint) {
            parts.certificates[fingerprint] = previous?.certificates[fingerprint]
        }
    }

    private mutating func read(_ source: Source, _ rows: Statement) throws {
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
            keys: order.map(\.key),
            standings: order.map(\.row.standing),
            goodUntil: listed.map(\.row.goodUntil).min() ?? .max
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

    private mutating func addCertificate(_ row: ListedRow, _ key: PublicKey) {
        guard let listed = row.certificate, parts.certificates[listed.fingerprint] == nil else { return }
        if let known = previous?.certificates[listed.fingerprint] {
            parts.certificates[listed.fingerprint] = known
            return
        }
        let certificate: Certificate
        do { certificate = try Certificate.decode(listed.der, fingerprint: listed.fingerprint) } catch { return }
        if let record = listed.record, listed.anchors == parts.anchors.digest {
            let vetted = TransportCertificate(certificate: certificate, persistedChain: record, key: key)
            parts.certificates[listed.fingerprint] = vetted
        } else {
            parts.certificates[listed.fingerprint] = parts.anchors.vet(certificate)
        }
    }

    /// Says of each certificate what its issuer's list says, or said before it forgot the certificate, unless the same
    /// lists said it before.
    private mutating func reviseCertificates() {
        let lists = parts.lists
        let said = Self.lasting(parts.revoked)
        let sameLists = previous.map { $0.loadedLists.map(\.row) == parts.loadedLists.map(\.row) } ?? false
        for (fingerprint, certificate) in parts.certificates {
            if sameLists, previous?.listGrace == parts.listGrace, previous?.certificates[fingerprint] === certificate {
                continue
            }
            var revised = certificate.revised(with: lists, anchors: parts.anchors, at: parts.builtAt)
            if case .revoked = revised.revocation {
                // The list in use says so itself.
            } else if let said = said[fingerprint] {
                revised = revised.revised(revocation: said, issuerRevocation: revised.issuerRevocation)
            }
            parts.certificates[fingerprint] = revised
        }
    }

    /// What lists said of certificates for good.
    private static func lasting(_ entries: [RevokedIndex.Entry]) -> [SHA256Digest: RevocationState] {
        var states: [SHA256Digest: RevocationState] = [:]
        for entry in entries where entry.channel == .crl {
            guard let certificate = entry.certificate, let reason = entry.reason, reason != .certificateHold else {
                continue
            }
            states[certificate] = .revoked(at: entry.mark.revokedAt, reason: reason)
        }
        return states
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
