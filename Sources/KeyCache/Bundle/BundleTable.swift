import Crypto
import Encoding
import GRDB

/// The rows of `bundle`.
enum BundleTable {
    /// Of exported ones, for how many it is remembered which bodies were in them.
    static let remembered: Int64 = 50

    static func insert(_ db: Database, _ record: BundleRecord) throws -> Int64 {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO bundle(direction, repository, version, created, expires, fresh_until, usable_until, sha256,
                  signers, at, decided_by, decided_why)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                record.direction.rawValue, record.repository, record.version, record.created, record.expires,
                record.freshUntil, record.usableUntil, Blob(record.sha256.bytes),
                record.signers.joined(separator: " "), record.recordedAt, record.word?.by, record.word?.why,
            ]
        )
        let id = db.lastInsertedRowID
        try note(db, id, usableUntil: record.usableUntil)
        return id
    }

    /// The newest one that went this way, with its row.
    static func latest(_ db: Database, _ direction: BundleRecord.Direction) throws -> (id: Int64, record: BundleRecord)?
    {
        try fetch(db, "direction = ? ORDER BY id DESC LIMIT 1", [direction.rawValue])
    }

    /// The exported one with a version.
    static func exported(_ db: Database, version: Int64) throws -> (id: Int64, record: BundleRecord)? {
        try fetch(db, "direction = 'out' AND version = ? ORDER BY id DESC LIMIT 1", [version])
    }

    /// Lets what a bundle brought count until a time an operator decided.
    static func extend(_ db: Database, _ id: Int64, until time: UnixTime, _ word: OperatorWord) throws {
        try Prepared.run(
            db,
            sql: "UPDATE bundle SET usable_until = ?, decided_by = ?, decided_why = ? WHERE id = ?",
            arguments: [time, word.by, word.why, id]
        )
        try note(db, id, usableUntil: time)
    }

    /// Remembers which bodies an exported one listed, each digest 32 bytes, and the last event it told of.
    static func remember(_ db: Database, _ id: Int64, targets: [UInt8], lastEvent: Int64) throws {
        try Prepared.run(
            db,
            sql: "UPDATE bundle SET targets = ?, last_event = ? WHERE id = ?",
            arguments: [Blob(targets), lastEvent, id]
        )
        try Prepared.run(
            db,
            sql: "UPDATE bundle SET targets = NULL WHERE direction = 'out' AND targets IS NOT NULL AND id <= ?",
            arguments: [id - remembered]
        )
    }

    static func targets(_ db: Database, _ id: Int64) throws -> [UInt8]? {
        try Prepared.value(Blob.self, db, sql: "SELECT targets FROM bundle WHERE id = ?", arguments: [id])?.bytes
    }

    static func lastEvent(_ db: Database, _ id: Int64) throws -> Int64? {
        try Prepared.value(Int64.self, db, sql: "SELECT last_event FROM bundle WHERE id = ?", arguments: [id])
    }

    /// Notes from when on a bundle counts until when.
    private static func note(_ db: Database, _ id: Int64, usableUntil: UnixTime) throws {
        try Prepared.run(
            db,
            sql: """
                INSERT INTO bundle_life(bundle, pulse, usable_until)
                SELECT ?, value + 1, ? FROM meta WHERE name = 'pulse'
                """,
            arguments: [id, usableUntil]
        )
    }

    /// How long what a bundle brought was good by what was known at a pulse.
    static func life(_ db: Database, _ id: Int64, until pulse: Int) throws -> BundleLife? {
        try Prepared.row(
            db,
            sql: """
                SELECT fresh_until, bundle_life.usable_until FROM bundle JOIN bundle_life ON bundle = id
                WHERE id = ? AND pulse <= ? ORDER BY bundle_life.rowid DESC LIMIT 1
                """,
            arguments: [id, pulse]
        )
        .map { BundleLife(bundle: id, freshUntil: $0[0], usableUntil: $0[1]) }
    }

    static func life(_ db: Database, _ id: Int64) throws -> BundleLife? {
        try Prepared.row(
            db,
            sql: "SELECT fresh_until, usable_until FROM bundle WHERE id = ?",
            arguments: [id]
        )
        .map { BundleLife(bundle: id, freshUntil: $0[0], usableUntil: $0[1]) }
    }

    private static func fetch(_ db: Database, _ condition: String, _ arguments: StatementArguments) throws
        -> (id: Int64, record: BundleRecord)?
    {
        let row = try Prepared.row(
            db,
            sql: """
                SELECT id, direction, repository, version, created, expires, usable_until, sha256, signers, at,
                  decided_by, decided_why FROM bundle WHERE \(condition)
                """,
            arguments: arguments
        )
        guard let row else { return nil }
        guard let direction = BundleRecord.Direction(rawValue: row[1]),
            let digest = SHA256Digest(bytes: (row[7] as Blob).bytes)
        else { throw KeyStoreError.corrupt("bundle \(row[0] as Int64) cannot be read") }
        let signers: String = row[8]
        let by: String? = row[10]
        let record = BundleRecord(
            direction,
            repository: row[2],
            version: row[3],
            created: row[4],
            expires: row[5],
            usableUntil: row[6],
            sha256: digest,
            signers: signers.split(separator: " ").map(String.init),
            recordedAt: row[9],
            word: by.map { OperatorWord(by: $0, why: row[11] ?? "") }
        )
        return (row[0], record)
    }
}
