import GRDB

/// The bulk files and how far each is done.
package struct BatchTable {
    private let insert: Prepared
    private let move: Prepared
    private let byKey: Prepared
    private let byManifest: Prepared
    private let unfinished: Prepared
    private let byName: Prepared

    private static let columns = """
        key, manifest_id, file, bytes, content_sha256, staged, state, input_offset, output_offset, lines,
        accepted, rejected, malformed, deferred, duplicate, started_at, updated_at,
        mode, migrated, relaxed, relaxations, pace
        """

    /// Whether a batch is neither done nor refused; the first half is what its index is of, which SQLite must be told.
    static let isUnfinished = "state <> 'done' AND state IN ('open', 'complete')"

    init(_ db: Database) throws(LedgerError) {
        let columns = Self.columns
        insert = try Prepared(
            "INSERT INTO batch (\(columns)) VALUES (\(Array(repeating: "?", count: 22).joined(separator: ", ")))",
            db
        )
        move = try Prepared(
            """
            UPDATE batch SET state = ?, input_offset = ?, output_offset = ?, lines = ?, accepted = ?, rejected = ?,
              malformed = ?, deferred = ?, duplicate = ?, updated_at = ?,
              migrated = ?, relaxed = ?, relaxations = ?, pace = ?
            WHERE number = ?
            """,
            db
        )
        let select = "SELECT \(columns), number FROM batch"
        byKey = try Prepared("\(select) WHERE key = ?", db)
        byManifest = try Prepared("\(select) WHERE manifest_id = ?", db)
        unfinished = try Prepared("\(select) WHERE \(Self.isUnfinished) ORDER BY number", db)
        byName = try Prepared(
            "\(select) WHERE file = ?1 OR substr(file, 1, length(?1) + 1) = ?1 || '.' ORDER BY number DESC LIMIT 1",
            db
        )
    }

    /// Opens a batch: begins it, finds where it stopped, or says that it, its name or its manifest's id was used.
    package func open(_ batch: BatchRecord) throws(LedgerError) -> BatchOpening {
        if let known = try find(key: batch.key) {
            guard known.contentSHA256 == batch.contentSHA256, known.byteCount == batch.byteCount else {
                return .nameTaken(by: known)
            }
            return known.state == .open ? .resumed(known) : .finished(known)
        }
        if let id = batch.manifestID, let other = try find(manifestID: id) { return .manifestUsed(by: other) }
        try insert.run(
            .text(batch.key),
            .text(batch.manifestID),
            .text(batch.fileName),
            .integer(batch.byteCount),
            .digest(batch.contentSHA256),
            .text(batch.stagedName),
            .text(batch.state.rawValue),
            .integer(batch.inputOffset),
            .integer(batch.outputOffset),
            .integer(batch.lines),
            .integer(batch.counts.accepted),
            .integer(batch.counts.rejected),
            .integer(batch.counts.malformed),
            .integer(batch.counts.deferred),
            .integer(batch.counts.duplicate),
            .integer(batch.startedAt),
            .integer(batch.updatedAt),
            .text(batch.isMigration ? "migration" : "ordinary"),
            .integer(batch.migration.clients),
            .integer(batch.migration.relaxed),
            .text(batch.migration.rulesText),
            .text(batch.pace.text)
        )
        var opened = batch
        opened.number = insert.insertedRow
        return .new(opened)
    }

    /// Writes down how far a batch is: state, offsets, lines, counts and the time.
    package func update(_ batch: BatchRecord) throws(LedgerError) {
        try move.run(
            .text(batch.state.rawValue),
            .integer(batch.inputOffset),
            .integer(batch.outputOffset),
            .integer(batch.lines),
            .integer(batch.counts.accepted),
            .integer(batch.counts.rejected),
            .integer(batch.counts.malformed),
            .integer(batch.counts.deferred),
            .integer(batch.counts.duplicate),
            .integer(batch.updatedAt),
            .integer(batch.migration.clients),
            .integer(batch.migration.relaxed),
            .text(batch.migration.rulesText),
            .text(batch.pace.text),
            .integer(batch.number)
        )
        guard move.changes == 1 else { throw .missing("batch \(batch.key)") }
    }

    /// The batch with this key.
    package func find(key: String) throws(LedgerError) -> BatchRecord? {
        try byKey.first(.text(key)) { Self.record($0) } ?? nil
    }

    /// The batch that used a manifest's batch_id.
    package func find(manifestID: String) throws(LedgerError) -> BatchRecord? {
        try byManifest.first(.text(manifestID)) { Self.record($0) } ?? nil
    }

    /// The newest batch with this file name, or with this stem.
    package func latest(named name: String) throws(LedgerError) -> BatchRecord? {
        try byName.first(.text(name)) { Self.record($0) } ?? nil
    }

    /// The batches a restart has work with, oldest first.
    package func notDone() throws(LedgerError) -> [BatchRecord] {
        try unfinished.all { Self.record($0) }.compactMap { $0 }
    }

    private static func record(_ row: Prepared) -> BatchRecord? {
        guard let state = BatchRecord.State(rawValue: row.text(6)) else { return nil }
        var batch = BatchRecord(
            key: row.text(0),
            manifestID: row.optionalText(1),
            fileName: row.text(2),
            byteCount: row.integer(3),
            contentSHA256: row.digest(4),
            stagedName: row.text(5),
            startedAt: row.integer(15)
        )
        batch.state = state
        batch.inputOffset = row.integer(7)
        batch.outputOffset = row.integer(8)
        batch.lines = Int(row.integer(9))
        batch.counts.accepted = Int(row.integer(10))
        batch.counts.rejected = Int(row.integer(11))
        batch.counts.malformed = Int(row.integer(12))
        batch.counts.deferred = Int(row.integer(13))
        batch.counts.duplicate = Int(row.integer(14))
        batch.updatedAt = row.integer(16)
        batch.isMigration = row.text(17) == "migration"
        batch.migration = MigrationCounts(
            clients: Int(row.integer(18)),
            relaxed: Int(row.integer(19)),
            rulesText: row.text(20)
        )
        batch.pace = WorkPace(text: row.text(21))
        batch.number = row.integer(22)
        return batch
    }
}
