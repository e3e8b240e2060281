import Crypto
import Encoding
import GRDB
import PKIX

/// Everything that was ever revoked, by whomever: the rows of `revocation`.
///
/// Nothing here is taken back, but a certificate's suspension that its issuer lifted.
enum RevocationTable {
    /// What is revoked.
    struct Entry: Hashable {
        /// The key's identity, nil where the entry could not be read beyond its kid.
        var spki: [UInt8]?
        var kid: [UInt8]?
        var certificate: [UInt8]?
    }

    /// By whom, since when, and why.
    struct Origin {
        var channel: RevocationChannel
        var source: Int64?
        var organisationID: String?
        var softwareID: String?
        var revokedAt: UnixTime
        var reason: RevocationReason?
        var word: OperatorWord?
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

    /// What a revocation list said of the certificates we know: their rows, by fingerprint.
    static func listed(_ db: Database, source: Int64) throws -> [[UInt8]: (id: Int64, reason: RevocationReason?)] {
        let rows = try Prepared.rows(
            db,
            sql:
                "SELECT certificate, id, reason FROM revocation WHERE source_id = ? AND via = 'crl' AND recorded_to IS NULL",
            arguments: [source]
        )
        return Dictionary(
            rows.compactMap { row in (row[0] as Blob?).map { ($0.bytes, (row[1] as Int64, reason(row[2]))) } },
            uniquingKeysWith: { $1 }
        )
    }

    static func insert(_ db: Database, _ entry: Entry, _ origin: Origin, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO revocation(source_id, via, organisation_id, software_id, spki_sha256, kid, certificate,
                  revoked_at, reason, decided_by, decided_why, recorded_from, generation)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT value + 1 FROM meta WHERE name = 'generation'))
                """,
            arguments: [
                origin.source, origin.channel.rawValue, origin.organisationID, origin.softwareID, Blob(entry.spki),
                Blob(entry.kid), Blob(entry.certificate), origin.revokedAt, origin.reason.map { Int64($0.rawValue) },
                origin.word?.by, origin.word?.why, time,
            ]
        )
    }

    /// Closes a row whose word no longer holds.
    static func close(_ db: Database, _ id: Int64, at time: UnixTime) throws {
        try Prepared.run(
            db,
            sql: """
                UPDATE revocation SET recorded_to = ?, generation_to = (SELECT value + 1 FROM meta WHERE name = 'generation')
                WHERE id = ?
                """,
            arguments: [time, id]
        )
    }

    /// What is revoked among these keys of a source, each with the certificate it is listed with.
    ///
    /// Revoked sets speak for their own organisation or software, lists and operators for everyone.
    static func entries(_ db: Database, concerning source: Source, among keys: [(spki: [UInt8], certificate: [UInt8]?)])
        throws -> RevokedKeys
    {
        var revoked = RevokedKeys()
        guard source.class.publishesKeys else { return revoked }
        for row in try ofParticipant(db, source) {
            if let spki = (row[0] as Blob?)?.bytes {
                revoked.identities.insert(spki)
            } else if let kid = (row[1] as Blob?)?.bytes {
                revoked.labels.insert(kid)
            } else if row[2] as Blob? == nil {
                revoked.isEverything = true
            }
        }
        for key in keys {
            if try isRevoked(db, "spki_sha256", key.spki) { revoked.identities.insert(key.spki) }
            if let certificate = key.certificate, try isRevoked(db, "certificate", certificate) {
                revoked.certificates.insert(certificate)
            }
        }
        return revoked
    }

    private static func isRevoked(_ db: Database, _ column: String, _ value: [UInt8]) throws -> Bool {
        try Prepared.value(
            Bool.self,
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM revocation WHERE \(column) = ? AND via <> 'set' AND recorded_to IS NULL
                AND coalesce(reason, 0) <> \(RevocationReason.certificateHold.rawValue))
                """,
            arguments: [Blob(value)]
        ) ?? false
    }

    /// The rows of a source's own organisation or software.
    private static func ofParticipant(_ db: Database, _ source: Source, in generation: Int? = nil) throws -> [Row] {
        guard source.organisationID != nil || source.softwareID != nil else { return [] }
        return try Prepared.rows(
            db,
            sql: """
                SELECT spki_sha256, kid, certificate, revoked_at, reason, via FROM revocation
                WHERE ((?1 IS NOT NULL AND organisation_id = ?1) OR (?2 IS NOT NULL AND software_id = ?2))
                AND \(holds(in: "?3"))
                """,
            arguments: [source.organisationID, source.softwareID, generation]
        )
    }

    /// All that was said of the keys of a source; as known in a generation, where one is given.
    static func words(_ db: Database, concerning source: Source, until generation: Int?) throws -> RevocationWords {
        let everyones = try Prepared.rows(
            db,
            sql: """
                SELECT spki_sha256, kid, certificate, revoked_at, reason, via FROM revocation
                WHERE via <> 'set' AND organisation_id IS NULL AND software_id IS NULL AND \(holds(in: "?1"))
                """,
            arguments: [generation]
        )
        return RevocationWords(
            words: try (ofParticipant(db, source, in: generation) + everyones).map { row in
                guard let channel = RevocationChannel(rawValue: row[5]) else {
                    throw KeyStoreError.corrupt("unknown channel of a revocation")
                }
                return RevocationWords.Word(
                    channel: channel,
                    spki: (row[0] as Blob?)?.bytes,
                    kid: (row[1] as Blob?)?.bytes,
                    certificate: (row[2] as Blob?)?.bytes,
                    at: row[3],
                    reason: reason(row[4])
                )
            }
        )
    }

    /// What operators said, in the order they did.
    static func orders(_ db: Database) throws -> [RevocationOrder] {
        try Prepared.rows(
            db,
            sql: """
                SELECT spki_sha256, certificate, organisation_id, software_id, reason, decided_by, decided_why
                FROM revocation WHERE via = 'operator' AND recorded_to IS NULL ORDER BY id
                """
        )
        .compactMap { row in
            let target: RevocationOrder.Target
            if let key = (row[0] as Blob?).flatMap({ SHA256Digest(bytes: $0.bytes) }) {
                target = .key(key)
            } else if let certificate = (row[1] as Blob?).flatMap({ SHA256Digest(bytes: $0.bytes) }) {
                target = .certificate(certificate)
            } else if let organisation = row[2] as String? {
                target = .organisation(organisation)
            } else if let software = row[3] as String? {
                target = .software(software)
            } else {
                return nil
            }
            let word = OperatorWord(by: row[5] ?? "", why: row[6] ?? "")
            return RevocationOrder(target, reason: reason(row[4]) ?? .unspecified, word)
        }
    }

    /// Everything that was ever said, for a snapshot; as known in a generation, where one is given.
    static func all(_ db: Database, in generation: Int? = nil) throws -> [RevokedIndex.Entry] {
        let rows = try Prepared.rows(
            db,
            sql: """
                SELECT organisation_id, software_id, revoked_at, spki_sha256, certificate, kid, via, reason FROM revocation
                WHERE \(holds(in: "?1"))
                """,
            arguments: [generation]
        )
        return rows.map { row in
            let channel = RevocationChannel(rawValue: row[6]) ?? .set
            let mark = RevokedIndex.Mark(
                organisationID: (row[0] as String?).map { Array($0.utf8) },
                softwareID: (row[1] as String?).map { Array($0.utf8) },
                revokedAt: row[2],
                isEveryones: channel != .set && row[0] as String? == nil && row[1] as String? == nil
            )
            return RevokedIndex.Entry(
                mark: mark,
                channel: channel,
                spki: (row[3] as Blob?).flatMap { SHA256Digest(bytes: $0.bytes) },
                certificate: (row[4] as Blob?).flatMap { SHA256Digest(bytes: $0.bytes) },
                kid: (row[5] as Blob?)?.bytes,
                reason: reason(row[7])
            )
        }
    }

    /// Whether a row holds now, or held in the generation of an argument where that is no NULL.
    private static func holds(in argument: String) -> String {
        """
        iif(\(argument) IS NULL, recorded_to IS NULL, generation <= \(argument)
          AND coalesce(generation_to, iif(recorded_to IS NULL, \(argument) + 1, 0)) > \(argument))
        """
    }

    static func reason(_ number: Int64?) -> RevocationReason? {
        number.flatMap { UInt8(exactly: $0) }.flatMap { RevocationReason(rawValue: $0) }
    }
}
