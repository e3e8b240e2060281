import GRDB

/// The filters of all runs of keys, each in parts that lie side by side, in order.
struct KeyFilterTable {
    private let put: Prepared
    private let all: Prepared
    private let newest: Prepared
    private let delete: Prepared

    init(_ db: Database) throws(LedgerError) {
        put = try Prepared(
            "INSERT INTO key_filter (place, bits) VALUES (?, ?) ON CONFLICT (place) DO UPDATE SET bits = excluded.bits",
            db
        )
        all = try Prepared("SELECT bits FROM key_filter WHERE place BETWEEN ? AND ? ORDER BY place", db)
        newest = try Prepared(
            "SELECT place, bits FROM key_filter WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1",
            db
        )
        delete = try Prepared(
            """
            DELETE FROM key_filter WHERE place IN
              (SELECT place FROM key_filter WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?)
            """,
            db
        )
    }

    /// Writes a part of a run's filter, counted from 0, or writes it anew.
    func put(_ words: [UInt64], as part: Int, of run: KeyRun) throws(LedgerError) {
        try put.run(.integer(run.place(Int64(part))), .blob(KeyFilter.bytes(of: words)))
    }

    /// The filter of a run that is whole.
    func filter(of run: KeyRun) throws(LedgerError) -> KeyFilter {
        let parts = try all.all(.integer(run.places.lowerBound), .integer(run.places.upperBound)) { $0.blob(0) }
        return try KeyFilter(parts: parts, for: run.entries)
    }

    /// The last part of a run's filter that was written, and its number.
    func last(of run: KeyRun) throws(LedgerError) -> (part: Int, words: [UInt64])? {
        let found = try newest.first(.integer(run.places.lowerBound), .integer(run.places.upperBound)) {
            (Int($0.integer(0) - run.places.lowerBound), $0.blob(1))
        }
        return try found.map { part, bytes throws(LedgerError) in (part, try KeyFilter.words(of: bytes)) }
    }

    /// Removes the first parts of a run's filter, at most so many; returns how many there were.
    func remove(of run: KeyRun, atMost limit: Int) throws(LedgerError) -> Int {
        try delete.run(.integer(run.places.lowerBound), .integer(run.places.upperBound), .integer(limit))
        return delete.changes
    }
}
