import Encoding
import GRDB

/// The rows of `source`: reading, seeding and the bookkeeping of attempts.
enum SourceTable {
    private static let columns = """
        id, url, class, environment, organisation_id, software_id, origin, etag, last_modified, last_attempt,
        last_success, last_change, fresh_until, usable_until, next_due, failure_count, reach, last_error, content_generation, body,
        bundle, (SELECT fresh_until FROM bundle WHERE bundle.id = source.bundle),
        (SELECT usable_until FROM bundle WHERE bundle.id = source.bundle)
        """

    static func all(_ db: Database) throws -> [Source] {
        try Prepared.rows(db, sql: "SELECT \(columns) FROM source ORDER BY id").map(decode)
    }

    /// The sources of which anything came by a past state, as they stood in it.
    static func all(_ db: Database, in state: CacheState, by settings: CacheSettings) throws -> [Source] {
        try all(db).compactMap { source in
            let note = try FetchTable.last(db, source: source.id, until: state.pulse)
            if note == nil, try !ListingTable.isAny(db, source: source.id, in: state.generation) { return nil }
            let life = try note?.bundle.flatMap { try BundleTable.life(db, $0, until: state.pulse) }
            return source.confirmed(note, life: life, by: settings)
        }
    }

    static func one(_ db: Database, id: Int64) throws -> Source {
        guard let row = try Prepared.row(db, sql: "SELECT \(columns) FROM source WHERE id = ?", arguments: [id]) else {
            throw KeyStoreError.unknownSource(id)
        }
        return try decode(row)
    }

    static func one(_ db: Database, url: String) throws -> Source? {
        try Prepared.row(db, sql: "SELECT \(columns) FROM source WHERE url = ?", arguments: [url]).map(decode)
    }

    static func insert(_ db: Database, _ seed: SourceSeed) throws -> Int64 {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO source(url, class, environment, organisation_id, software_id, origin, host, next_due)
                VALUES (?, ?, ?, ?, ?, ?, ?, 0)
                """,
            arguments: [
                seed.url, seed.class.rawValue, seed.environment, seed.organisationID, seed.softwareID,
                seed.origin.rawValue, SourceHost.of(seed.url),
            ]
        )
        return db.lastInsertedRowID
    }

    static func count(_ db: Database) throws -> Int {
        try Prepared.value(Int.self, db, sql: "SELECT count(*) FROM source") ?? 0
    }

    /// Fills in what a seed knows and the row does not, and the stronger origin; tells whether anything changed.
    static func complete(_ db: Database, _ source: Source, from seed: SourceSeed) throws -> Bool {
        try Prepared.run(
            db,
            sql: """
                UPDATE source SET environment = coalesce(environment, ?1), organisation_id = coalesce(organisation_id, ?2),
                  software_id = coalesce(software_id, ?3), origin = ?4
                WHERE id = ?5 AND (
                  (environment IS NULL AND ?1 IS NOT NULL) OR (organisation_id IS NULL AND ?2 IS NOT NULL)
                  OR (software_id IS NULL AND ?3 IS NOT NULL) OR origin <> ?4)
                """,
            arguments: [
                seed.environment, seed.organisationID, seed.softwareID,
                (seed.origin == .configuration ? seed.origin : source.origin).rawValue, source.id,
            ]
        )
        return db.changesCount > 0
    }

    /// Records a success: the body (nil keeps the one in use), its validators and times.
    static func succeed(_ db: Database, _ id: Int64, _ success: Success) throws {
        try Prepared.run(
            db,
            sql: """
                UPDATE source SET body = coalesce(?, body), etag = ?, last_modified = ?, last_attempt = ?, last_success = ?,
                  fresh_until = ?, usable_until = ?, next_due = ?, failure_count = 0, reach = (reach << 1 | 1) & 255,
                  last_error = NULL, bundle = ?
                WHERE id = ?
                """,
            arguments: [
                Blob(success.body), success.etag, success.lastModified, success.attempt, success.confirmed,
                success.times.freshUntil, success.times.usableUntil, success.times.nextDue, success.bundle, id,
            ]
        )
        try FetchTable.note(
            db,
            source: id,
            fetchedAt: success.confirmed,
            bundle: success.bundle,
            at: success.recorded
        )
    }

    /// Drops the validators, so that the next fetch brings a body.
    static func forgetValidators(_ db: Database, _ id: Int64) throws {
        try Prepared.run(db, sql: "UPDATE source SET etag = NULL, last_modified = NULL WHERE id = ?", arguments: [id])
    }

    /// Records a failure; everything that was good stays.
    static func fail(_ db: Database, _ id: Int64, error: String, at time: UnixTime, next: UnixTime) throws {
        try Prepared.run(
            db,
            sql: """
                UPDATE source SET last_attempt = ?, next_due = ?, failure_count = failure_count + 1,
                  reach = (reach << 1) & 255, last_error = ?
                WHERE id = ?
                """,
            arguments: [time, next, error, id]
        )
    }

    /// Records that a body was received and waits; what is in use ages on.
    static func hold(_ db: Database, _ id: Int64, error: String, at time: UnixTime, next: UnixTime) throws {
        try Prepared.run(
            db,
            sql: """
                UPDATE source SET last_attempt = ?, next_due = ?, failure_count = 0, reach = (reach << 1 | 1) & 255,
                  last_error = ?
                WHERE id = ?
                """,
            arguments: [time, next, error, id]
        )
    }

    /// Moves all plans, as the clock was moved.
    static func shift(_ db: Database, by seconds: Int64) throws {
        try Prepared.run(
            db,
            sql: "UPDATE source SET next_due = max(0, next_due + ?1), last_attempt = last_attempt + ?1",
            arguments: [seconds]
        )
    }

    /// The sets in use that a revoked set speaks for: those of the same organisation, or of the same software.
    static func concerned(_ db: Database, by revoked: Source) throws -> [Source] {
        try Prepared.rows(
            db,
            sql: """
                SELECT \(columns) FROM source
                WHERE class IN (?, ?) AND (organisation_id = ? OR software_id = ?)
                """,
            arguments: [
                SourceClass.organisation.rawValue, SourceClass.software.rawValue, revoked.organisationID,
                revoked.softwareID,
            ]
        )
        .map(decode)
    }

    /// Whether a revoked set is known that speaks for a source.
    static func watchesRevocation(_ db: Database, of source: Source) throws -> Bool {
        try Prepared.value(
            Bool.self,
            db,
            sql: """
                SELECT EXISTS (SELECT 1 FROM source
                WHERE class IN (?, ?) AND (organisation_id = ? OR software_id = ?))
                """,
            arguments: [
                SourceClass.organisationRevoked.rawValue, SourceClass.softwareRevoked.rawValue, source.organisationID,
                source.softwareID,
            ]
        ) ?? false
    }

    /// Notes that the content changed in a generation.
    static func change(_ db: Database, _ id: Int64, at time: UnixTime, generation: Int) throws {
        try Prepared.run(
            db,
            sql: "UPDATE source SET last_change = ?, content_generation = ? WHERE id = ?",
            arguments: [time, generation, id]
        )
    }

    /// Notes that what is known of the content changed, though the content did not.
    static func touch(_ db: Database, _ id: Int64, generation: Int) throws {
        try Prepared.run(db, sql: "UPDATE source SET content_generation = ? WHERE id = ?", arguments: [generation, id])
    }

    /// What a success records.
    struct Success {
        var body: [UInt8]?
        var etag: String?
        var lastModified: String?
        /// The clock of the attempt.
        var attempt: UnixTime
        /// When the body was fetched, here or by who copied it.
        var confirmed: UnixTime
        /// The time judged by.
        var recorded: UnixTime
        var times: Schedule.Times
        /// The bundle that brought it.
        var bundle: Int64?
    }

    private static func decode(_ row: Row) throws -> Source {
        guard let `class` = SourceClass(rawValue: row[2]), let origin = SourceOrigin(rawValue: row[6]) else {
            throw KeyStoreError.corrupt("source \(row[0] as Int64) has an unknown class or origin")
        }
        return Source(
            id: row[0],
            url: row[1],
            class: `class`,
            environment: row[3],
            organisationID: row[4],
            softwareID: row[5],
            origin: origin,
            etag: row[7],
            lastModified: row[8],
            lastAttempt: row[9],
            lastSuccess: row[10],
            lastChange: row[11],
            freshUntil: row[12],
            usableUntil: row[13],
            nextDue: row[14],
            failureCount: row[15],
            reach: UInt8(clamping: row[16] as Int),
            lastError: row[17],
            contentGeneration: row[18],
            bodySHA256: (row[19] as Blob?)?.bytes,
            life: (row[20] as Int64?).map { BundleLife(bundle: $0, freshUntil: row[21], usableUntil: row[22]) }
        )
    }
}
