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
    private var keys: [SHA256Digest: PublicKey] = [:]
    private var parts: SnapshotParts

    init(_ db: Database, anchors: TrustAnchors, previous: Snapshot?, at time: UnixTime) throws {
        let meta = try Meta.read(db)
        self.previous = previous?.anchors.digest == anchors.digest ? previous : nil
        parts = SnapshotParts(meta: meta, builtAt: max(time, meta.timeFloor), anchors: anchors)
    }

    /// Reads what is needed and puts the snapshot together.
    mutating func load(_ db: Database) throws -> Snapshot {
        (parts.loadedLists, parts.listStatuses) = try LoadedList.all(db, known: previous?.loadedLists ?? [])
        parts.revoked = try RevocationTable.all(db)
        let rows = try ListedRow.statement(db)
        for source in try SourceTable.all(db) where source.contentGeneration > 0 && source.class != .crl {
            if let entry = previous?.entries[source.id], entry.contentGeneration == source.contentGeneration {
                takeOver(entry.renewed(source))
            } else {
                try read(source, rows)
            }
        }
        reviseCertificates()
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
        for row in try ListedRow.fetch(rows, source: source.id, at: parts.builtAt) {
            guard let key = publicKey(row) else { continue }
            let keepsCertificate = source.class.revokesKeys || row.bindsCertificate
            listed.append((row, row.key(key, withCertificate: keepsCertificate)))
            if keepsCertificate { addCertificate(row) }
        }
        // A usable key before one that is not, where a kid names several: only so many are tried.
        let order = listed.sorted { left, right in
            (left.row.state.rank, left.row.position, left.row.id) < (
                right.row.state.rank, right.row.position, right.row.id
            )
        }
        parts.entries[source.id] = SourceEntry(source, keys: order.map(\.key), standings: order.map(\.row.standing))
    }

    /// The key of a row, made once however often it is listed; nil when rules have become stricter since it was accepted.
    private mutating func publicKey(_ row: ListedRow) -> PublicKey? {
        if let known = keys[row.spkiSHA256] { return known }
        do {
            let key = try PublicKey.spki(row.spki)
            keys[row.spkiSHA256] = key
            return key
        } catch {
            return nil
        }
    }

    private mutating func addCertificate(_ row: ListedRow) {
        guard let listed = row.certificate, parts.certificates[listed.fingerprint] == nil else { return }
        if let known = previous?.certificates[listed.fingerprint] {
            parts.certificates[listed.fingerprint] = known
            return
        }
        let certificate: Certificate
        do { certificate = try Certificate.decode(listed.der, fingerprint: listed.fingerprint) } catch { return }
        if let record = listed.record, listed.anchors == parts.anchors.digest {
            let vetted = TransportCertificate(certificate: certificate, persistedChain: record)
            parts.certificates[listed.fingerprint] = vetted
        } else {
            parts.certificates[listed.fingerprint] = parts.anchors.vet(certificate)
        }
    }

    /// Says of each certificate what its issuer's list says, unless the same lists said it before.
    private mutating func reviseCertificates() {
        let lists = parts.lists
        let sameLists = previous.map { $0.loadedLists.map(\.row) == parts.loadedLists.map(\.row) } ?? false
        for (fingerprint, certificate) in parts.certificates {
            if sameLists, previous?.certificates[fingerprint] === certificate { continue }
            parts.certificates[fingerprint] = certificate.revised(
                with: lists,
                anchors: parts.anchors,
                at: parts.builtAt
            )
        }
    }
}
