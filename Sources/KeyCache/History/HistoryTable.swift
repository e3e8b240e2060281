import Crypto
import Encoding
import GRDB
import JOSE
import PKIX

/// Reads the rows of `listing` as lives of keys: one per key and kid of a source.
enum HistoryTable {
    /// A row of `listing` as one part of a life.
    private struct Part {
        let row: Row
        let listing: Listing

        var change: KeyChange {
            KeyChange(recordedAt: row[25], generation: row[26], state: listing.state, since: listing.stateSince)
        }
    }

    /// Everything a source ever listed, in the order it was first seen.
    ///
    /// As known in a generation, where one is given.
    static func keys(_ db: Database, of source: Source, in generation: Int? = nil) throws -> [HistoricKey] {
        try records(db, of: source, until: generation).map(\.key).filter { $0.recordedState != .dropped }
    }

    /// The same with the rows it was told by; as known in a generation, where one is given.
    static func records(_ db: Database, of source: Source, until generation: Int?) throws -> [KeyRecord] {
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT \(ListingTable.columns(of: "listing")), key.spki, key.thumbprint, certificate.der,
                  certificate.not_before, certificate.not_after, coalesce(vetting.is_trusted, 0), listing.recorded_from,
                  listing.generation_from
                FROM listing JOIN key ON key.spki_sha256 = listing.spki_sha256
                LEFT JOIN certificate ON certificate.sha256 = listing.certificate
                LEFT JOIN vetting ON vetting.certificate = listing.certificate
                WHERE listing.source_id = ?1 AND (?2 IS NULL OR generation_from <= ?2) ORDER BY listing.id
                """,
            arguments: [source.id, generation]
        )
        var lives: [Name: [Part]] = [:]
        var names: [Name] = []
        for row in rows {
            let part = Part(row: row, listing: try ListingTable.decode(row))
            let name = Name(spki: part.listing.spki, kid: part.listing.attributes.kid)
            if lives[name] == nil { names.append(name) }
            lives[name, default: []].append(part)
        }
        let words = try RevocationTable.words(db, concerning: source, until: generation)
        let past = try generation.map { try PastVettings(db, in: $0) }
        return try names.compactMap { name in
            guard let parts = lives[name], let key = try key(parts, of: source, words, past) else { return nil }
            return KeyRecord(source: source, key: key, changes: parts.map(\.change))
        }
    }

    private struct Name: Hashable {
        let spki: [UInt8]
        let kid: [UInt8]?
    }

    private static func key(
        _ parts: [Part],
        of source: Source,
        _ words: RevocationWords,
        _ past: PastVettings?
    ) throws -> HistoricKey? {
        guard let last = parts.last else { return nil }
        let listing = last.listing
        guard let thumbprint = SHA256Digest(bytes: (last.row[20] as Blob).bytes) else {
            throw KeyStoreError.corrupt("listing \(listing.id) cannot be read")
        }
        let publicKey: PublicKey
        // Rules that have become stricter since it was accepted: it verifies nothing any more.
        do { publicKey = try PublicKey.spki((last.row[19] as Blob).bytes) } catch { return nil }
        let fingerprint = listing.attributes.certificate.flatMap { SHA256Digest(bytes: $0) }
        let der = (last.row[21] as Blob?)?.bytes
        let key = VerificationKey(
            restoring: publicKey,
            thumbprint: thumbprint,
            index: listing.position,
            kid: listing.attributes.kid,
            use: KeyUse(listing.attributes.use),
            algorithm: listing.attributes.algorithm,
            keyOperations: listing.attributes.operations.map { KeyOperations(rawValue: UInt8(truncatingIfNeeded: $0)) },
            lifetime: listing.attributes.lifetime,
            certificate: fingerprint.flatMap { digest in der.map { ($0, digest) } }
        )
        var revocation = words.revocation(
            spki: listing.spki,
            kid: listing.attributes.kid,
            certificates: parts.compactMap(\.listing.attributes.certificate)
        )
        if revocation == nil, listing.state == .revoked { revocation = KeyRevocation(at: listing.stateSince) }
        return HistoricKey(
            key: key,
            state: listing.state,
            graceUntil: listing.graceUntil,
            periods: periods(parts),
            windows: windows(parts, past),
            revocation: revocation,
            usableUntil: source.usableUntil,
            leftInQuarantine: leftInQuarantine(parts.map(\.listing))
        )
    }

    /// Whether the key was in quarantine when it left its set.
    private static func leftInQuarantine(_ listings: [Listing]) -> Bool {
        let vouched = listings.last { $0.state == .active || $0.state == .quarantined }
        return listings.last?.state == .archived && vouched?.state == .quarantined
    }

    /// One period per return; of each the row that was written last.
    private static func periods(_ parts: [Part]) -> [ListedPeriod] {
        var byReturn: [Int: Listing] = [:]
        for part in parts where !part.listing.state.isUnaccepted { byReturn[part.listing.returns] = part.listing }
        return byReturn.sorted { $0.key < $1.key }.map { _, listing in
            ListedPeriod(
                fromLow: listing.fromLow,
                fromHigh: listing.fromHigh,
                toLow: listing.toLow,
                toHigh: listing.toHigh
            )
        }
    }

    private static func windows(_ parts: [Part], _ past: PastVettings?) -> [KeyWindow] {
        var windows: [KeyWindow] = []
        for part in parts {
            let certificate = part.listing.attributes.certificate.flatMap { SHA256Digest(bytes: $0) }
            let window = KeyWindow(
                certificate: certificate,
                notBefore: [part.row[22] as UnixTime?, part.listing.attributes.lifetime.notBefore].compactMap(\.self)
                    .max(),
                notAfter: [part.row[23] as UnixTime?, part.listing.attributes.lifetime.notAfter].compactMap(\.self)
                    .min(),
                isTrusted: certificate.flatMap { past?.isTrusted($0) } ?? part.row[24]
            )
            windows.removeAll { $0 == window }
            windows.append(window)
        }
        return windows
    }
}
