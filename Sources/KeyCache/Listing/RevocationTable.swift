import Crypto
import Encoding
import GRDB

/// What the revoked sets said, ever: the rows of `revocation`.
///
/// Nothing here is taken back by a later set.
enum RevocationTable {
    /// One entry of a revoked set.
    struct Entry: Hashable {
        /// The key's identity, nil where the entry could not be read beyond its kid.
        var spki: [UInt8]?
        var kid: [UInt8]?
        var certificate: [UInt8]?
    }

    /// What a source's sets have listed so far.
    static func known(_ db: Database, source: Int64) throws -> Set<Entry> {
        Set(
            try Prepared.rows(
                db,
                sql: "SELECT spki_sha256, kid, certificate FROM revocation WHERE source_id = ? AND recorded_to IS NULL",
                arguments: [source]
            )
            .map {
                Entry(spki: ($0[0] as Blob?)?.bytes, kid: ($0[1] as Blob?)?.bytes, certificate: ($0[2] as Blob?)?.bytes)
            }
        )
    }

    static func insert(_ db: Database, _ entry: Entry, by source: Source, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO revocation(source_id, organisation_id, software_id, spki_sha256, kid, certificate, revoked_at,
                  recorded_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                source.id, source.organisationID, source.softwareID, Blob(entry.spki), Blob(entry.kid),
                Blob(entry.certificate), time, time,
            ]
        )
    }

    /// The entries that speak for the keys of a source: those of the same organisation, or of the same software.
    static func entries(_ db: Database, concerning source: Source) throws -> RevokedKeys {
        guard source.class.publishesKeys, source.organisationID != nil || source.softwareID != nil else {
            return RevokedKeys()
        }
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT spki_sha256, kid FROM revocation
                WHERE recorded_to IS NULL AND (organisation_id = ?1 OR (?2 IS NOT NULL AND software_id = ?2))
                """,
            arguments: [source.organisationID, source.softwareID]
        )
        var keys = RevokedKeys()
        for row in rows {
            if let spki = (row[0] as Blob?)?.bytes {
                keys.identities.insert(spki)
            } else if let kid = (row[1] as Blob?)?.bytes {
                keys.labels.insert(kid)
            }
        }
        return keys
    }

    /// All that was said of keys of a source, by whom it concerns.
    static func words(_ db: Database, concerning source: Source) throws -> RevocationWords {
        guard source.class.publishesKeys, source.organisationID != nil || source.softwareID != nil else {
            return RevocationWords()
        }
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT spki_sha256, kid, certificate, revoked_at FROM revocation
                WHERE recorded_to IS NULL AND (organisation_id = ?1 OR (?2 IS NOT NULL AND software_id = ?2))
                """,
            arguments: [source.organisationID, source.softwareID]
        )
        return RevocationWords(
            words: rows.map { row in
                RevocationWords.Word(
                    spki: (row[0] as Blob?)?.bytes,
                    kid: (row[1] as Blob?)?.bytes,
                    certificate: (row[2] as Blob?)?.bytes,
                    at: row[3],
                    reason: nil
                )
            }
        )
    }

    /// Everything that was ever listed, for a snapshot.
    static func all(_ db: Database) throws -> [RevokedIndex.Entry] {
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT organisation_id, software_id, revoked_at, spki_sha256, certificate, kid FROM revocation
                WHERE recorded_to IS NULL
                """
        )
        return rows.map { row in
            let mark = RevokedIndex.Mark(
                organisationID: (row[0] as String?).map { Array($0.utf8) },
                softwareID: (row[1] as String?).map { Array($0.utf8) },
                revokedAt: row[2]
            )
            return RevokedIndex.Entry(
                mark: mark,
                spki: (row[3] as Blob?).flatMap { SHA256Digest(bytes: $0.bytes) },
                certificate: (row[4] as Blob?).flatMap { SHA256Digest(bytes: $0.bytes) },
                kid: (row[5] as Blob?)?.bytes
            )
        }
    }
}
