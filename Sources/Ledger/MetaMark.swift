import GRDB

/// How far some work of the ledger's own has come: the number of a row, kept under a name in `meta`.
struct MetaMark {
    private let select: Prepared
    private let upsert: Prepared

    init(_ name: String, _ db: Database) throws(LedgerError) {
        select = try Prepared("SELECT CAST(value AS INTEGER) FROM meta WHERE name = '\(name)'", db)
        upsert = try Prepared(
            """
            INSERT INTO meta (name, value) VALUES ('\(name)', CAST(? AS TEXT))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            db
        )
    }

    /// The row; 0 before the first.
    func row() throws(LedgerError) -> Int64 { try select.first { $0.integer(0) } ?? 0 }

    func set(_ row: Int64) throws(LedgerError) { try upsert.run(.integer(row)) }
}
