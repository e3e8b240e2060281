import GRDB

/// The whole exports that were made: from each the next of its format can go on.
package struct ExportTable {
    private let insert: Prepared
    private let last: Prepared

    init(_ db: Database) throws(LedgerError) {
        let columns = "format, made_at, after_change, through_change, clients, deleted, withheld, secrets"
        insert = try Prepared("INSERT INTO export (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", db)
        last = try Prepared(
            "SELECT \(columns) FROM export WHERE ?1 IS NULL OR format = ?1 ORDER BY number DESC LIMIT 1",
            db
        )
    }

    /// The last export in this format, or in any; nil where there was none.
    package func latest(format: String? = nil) throws(LedgerError) -> ExportRecord? {
        try last.first(.text(format)) { row in
            var record = ExportRecord(
                format: row.text(0),
                madeAt: row.integer(1),
                after: row.integer(2),
                through: row.integer(3)
            )
            (record.clients, record.deleted) = (Int(row.integer(4)), Int(row.integer(5)))
            (record.withheld, record.hasSecrets) = (Int(row.integer(6)), row.integer(7) != 0)
            return record
        }
    }

    /// Writes an export down.
    package func add(_ record: ExportRecord) throws(LedgerError) {
        try insert.run(
            .text(record.format),
            .integer(record.madeAt),
            .integer(record.after),
            .integer(record.through),
            .integer(record.clients),
            .integer(record.deleted),
            .integer(record.withheld),
            .integer(record.hasSecrets ? 1 : 0)
        )
    }
}
