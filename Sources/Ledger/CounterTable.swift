import GRDB

/// Numbers that only grow, kept between runs for whoever monitors the ledger: rows of `meta`, apart by their prefix.
struct CounterTable {
    private let add: Prepared
    private let select: Prepared

    private static let prefix = "count "

    init(_ db: Database) throws(LedgerError) {
        add = try Prepared(
            """
            INSERT INTO meta (name, value) VALUES (?1, CAST(?2 AS TEXT)) ON CONFLICT (name)
            DO UPDATE SET value = CAST(CAST(value AS INTEGER) + CAST(excluded.value AS INTEGER) AS TEXT)
            """,
            db
        )
        select = try Prepared(
            """
            SELECT substr(name, length(?1) + 1), CAST(value AS INTEGER) FROM meta
            WHERE name >= ?1 AND name < ?1 || char(1114111)
            """,
            db
        )
    }

    func add(_ name: String, _ number: Int64) throws(LedgerError) {
        try add.run(.text(Self.prefix + name), .integer(number))
    }

    func all() throws(LedgerError) -> [(name: String, number: Int64)] {
        try select.all(.text(Self.prefix)) { (name: $0.text(0), number: $0.integer(1)) }
    }
}
