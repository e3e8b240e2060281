import GRDB

/// The blocks of all runs of keys; those of a run lie side by side, in order.
struct KeyBlockTable {
    private let insert: Prepared
    private let lastThrough: Prepared
    private let after: Prepared
    private let delete: Prepared

    init(_ db: Database) throws(LedgerError) {
        insert = try Prepared("INSERT INTO key_block (place, entries) VALUES (?, ?)", db)
        lastThrough = try Prepared(
            "SELECT place, entries FROM key_block WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1",
            db
        )
        after = try Prepared(
            "SELECT place, entries FROM key_block WHERE place > ? AND place <= ? ORDER BY place LIMIT 1",
            db
        )
        delete = try Prepared(
            """
            DELETE FROM key_block WHERE place IN
              (SELECT place FROM key_block WHERE place BETWEEN ? AND ? ORDER BY place LIMIT ?)
            """,
            db
        )
    }

    /// Adds a block to a run, behind those it has; entries of one fence are never in two.
    func add(_ entries: [KeyEntry], to run: KeyRun) throws(LedgerError) {
        guard let first = entries.first else { return }
        try insert.run(.integer(run.place(first.fence)), .blob(KeyBlock.bytes(entries)))
    }

    /// The numbers of the rows whose keys begin with `word`, as a run tells them.
    func numbers(of word: UInt64, in run: KeyRun) throws(LedgerError) -> [Int64] {
        var numbers: [Int64] = []
        try lastThrough.each(.integer(run.places.lowerBound), .integer(run.place(Int64(word >> 24)))) {
            row throws(LedgerError) in
            let found = unsafe row.withBlob(1) { bytes in
                Result { () throws(LedgerError) in unsafe try KeyBlock.numbers(of: word, in: bytes) }
            }
            numbers = try found.get()
            return false
        }
        return numbers
    }

    /// The last block of a run that begins with this fence or an earlier one: it alone may hold entries of it.
    func last(
        of run: KeyRun,
        through fence: Int64 = .max
    ) throws(LedgerError) -> (place: Int64, entries: [KeyEntry])? {
        let end = min(run.places.upperBound, run.place(min(fence, 1 << 40 - 1)))
        return try block(lastThrough, run.places.lowerBound, end)
    }

    /// The block of a run behind the one at `place`.
    func next(of run: KeyRun, after place: Int64) throws(LedgerError) -> (place: Int64, entries: [KeyEntry])? {
        try block(after, place, run.places.upperBound)
    }

    /// Removes the first blocks of a run, at most so many; returns how many there were.
    func remove(of run: KeyRun, atMost limit: Int) throws(LedgerError) -> Int {
        try delete.run(.integer(run.places.lowerBound), .integer(run.places.upperBound), .integer(limit))
        return delete.changes
    }

    private func block(
        _ statement: Prepared,
        _ low: Int64,
        _ high: Int64
    ) throws(LedgerError) -> (place: Int64, entries: [KeyEntry])? {
        var block: (place: Int64, entries: [KeyEntry])?
        try statement.each(.integer(low), .integer(high)) { row throws(LedgerError) in
            let entries = unsafe row.withBlob(1) { bytes in
                Result { () throws(LedgerError) in unsafe try KeyBlock.entries(bytes) }
            }
            block = (row.integer(0), try entries.get())
            return false
        }
        return block
    }
}
