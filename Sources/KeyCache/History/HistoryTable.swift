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
    }

    /// Everything a source ever listed, in the order it was first seen.
    static func keys(_ db: Database, of source: Source) throws -> [HistoricKey] {
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT \(ListingTable.columns(of: "listing")), key.spki, key.thumbprint, certificate.der,
                  certificate.not_before, certificate.not_after, coalesce(vetting.is_trusted, 0)
                FROM listing JOIN key ON key.spki_sha256 = listing.spki_sha256
                LEFT JOIN certificate ON certificate.sha256 = listing.certificate
                LEFT JOIN vetting ON vetting.certificate = listing.certificate
                WHERE listing.source_id = ? ORDER BY listing.id
                """,
            arguments: [source.id]
        )
        var lives: [Name: [Part]] = [:]
        var names: [Name] = []
        for row in rows {
            let part = Part(row: row, listing: try ListingTable.decode(row))
            let name = Name(spki: part.listing.spki, kid: part.listing.attributes.kid)
            if lives[name] == nil { names.append(name) }
            lives[name, default: []].append(part)
        }
        let revocations = try RevocationTable.words(db, concerning: source)
        return try names.compactMap { name in
            try lives[name].flatMap { try key($0, of: source, revocations) }
        }
    }

    private struct Name: Hashable {
        let spki: [UInt8]
        let kid: [UInt8]?
    }

    private static func key(_ parts: [Part], of source: Source, _ words: RevocationWords) throws -> HistoricKey? {
        guard let last = parts.last else { return nil }
        let listing = last.listing
        guard let thumbprint = SHA256Digest(bytes: (last.row[18] as Blob).bytes) else {
            throw KeyStoreError.corrupt("listing \(listing.id) cannot be read")
        }
        let publicKey: PublicKey
        // Rules that have become stricter since it was accepted: it verifies nothing any more.
        do { publicKey = try PublicKey.spki((last.row[17] as Blob).bytes) } catch { return nil }
        let fingerprint = listing.attributes.certificate.flatMap { SHA256Digest(bytes: $0) }
        let der = (last.row[19] as Blob?)?.bytes
        let key = VerificationKey(
            restoring: publicKey,
            thumbprint: thumbprint,
            index: listing.position,
            kid: listing.attributes.kid,
            use: KeyUse(listing.attributes.use),
            algorithm: listing.attributes.algorithm,
            keyOperations: listing.attributes.operations.map { KeyOperations(rawValue: UInt8(truncatingIfNeeded: $0)) },
            certificate: fingerprint.flatMap { digest in der.map { ($0, digest) } }
        )
        var revocation = words.revocation(
            spki: listing.spki,
            kid: listing.attributes.kid,
            certificate: listing.attributes.certificate
        )
        if revocation == nil, listing.state == .revoked { revocation = KeyRevocation(at: listing.stateSince) }
        return HistoricKey(
            key: key,
            state: listing.state,
            graceUntil: listing.graceUntil,
            periods: periods(parts),
            windows: windows(parts),
            revocation: revocation,
            usableUntil: source.usableUntil
        )
    }

    /// One period per return; of each the row that was written last.
    private static func periods(_ parts: [Part]) -> [ListedPeriod] {
        var byReturn: [Int: Listing] = [:]
        for part in parts { byReturn[part.listing.returns] = part.listing }
        return byReturn.sorted { $0.key < $1.key }.map { _, listing in
            ListedPeriod(
                fromLow: listing.fromLow,
                fromHigh: listing.fromHigh,
                toLow: listing.toLow,
                toHigh: listing.toHigh
            )
        }
    }

    private static func windows(_ parts: [Part]) -> [KeyWindow] {
        var windows: [KeyWindow] = []
        for part in parts {
            let window = KeyWindow(
                certificate: part.listing.attributes.certificate.flatMap { SHA256Digest(bytes: $0) },
                notBefore: part.row[20],
                notAfter: part.row[21],
                isTrusted: part.row[22]
            )
            windows.removeAll { $0 == window }
            windows.append(window)
        }
        return windows
    }
}
