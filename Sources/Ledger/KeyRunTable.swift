import GRDB

/// The sealed keys: of each kind a few runs on a few levels.
///
/// Keys are sealed as a run of the first level; some runs of a level are merged into one of the next, see `KeyMerge`.
/// So a key is written as often as there are levels, each time in a full page, where an index of such keys has a page of
/// its own written for nearly each of them.
final class KeyRunTable {
    let blocks: KeyBlockTable
    let filters: KeyFilterTable
    private let all: Prepared
    private let insert: Prepared
    private let update: Prepared
    private let delete: Prepared
    /// The runs of each kind as the transaction has them, oldest first.
    private var runs = [[KeyRun]](repeating: [], count: LedgerKey.Kind.allCases.count)
    /// Whether runs came that may yet be rolled back: of those no filter is remembered.
    private var hasChanged = false

    init(_ db: Database) throws(LedgerError) {
        blocks = try KeyBlockTable(db)
        filters = try KeyFilterTable(db)
        all = try Prepared("SELECT run, kind, level, entries, state, target FROM key_run ORDER BY run", db)
        insert = try Prepared("INSERT INTO key_run (run, kind, level, entries, state) VALUES (?, ?, ?, ?, ?)", db)
        update = try Prepared("UPDATE key_run SET state = ?2, target = ?3 WHERE run = ?1", db)
        delete = try Prepared("DELETE FROM key_run WHERE run = ?", db)
    }

    /// Reads which runs there are; for the begin of each transaction, and it holds until its end.
    func begin() throws(LedgerError) {
        // A filter is of a run that was committed: that never changes, and no later one gets its number.
        let known = runs
        hasChanged = false
        for kind in runs.indices { runs[kind].removeAll(keepingCapacity: true) }
        try all.each { row throws(LedgerError) in
            guard let kind = LedgerKey.Kind(rawValue: row.integer(1)),
                let state = KeyRun.State(rawValue: row.integer(4))
            else { throw .corrupt("a run of keys") }
            let (number, position) = (row.integer(0), Int(kind.rawValue))
            var run = KeyRun(number: number, kind: kind, level: Int(row.integer(2)), entries: Int(row.integer(3)))
            (run.state, run.target) = (state, row.optionalInteger(5))
            run.filter = known[position].first { $0.number == number }?.filter
            runs[position].append(run)
            return true
        }
    }

    /// Whether any key of this kind is sealed.
    func has(_ kind: LedgerKey.Kind) -> Bool { !self[kind].isEmpty }

    /// The runs of a kind, oldest first.
    subscript(_ kind: LedgerKey.Kind) -> [KeyRun] { runs[Int(kind.rawValue)] }

    /// The numbers of the rows whose keys of this kind begin with `word`.
    func numbers(of word: UInt64, _ kind: LedgerKey.Kind) throws(LedgerError) -> [Int64] {
        var numbers: [Int64] = []
        let mark = KeyFilter.Mark(word)
        for position in runs[Int(kind.rawValue)].indices {
            guard runs[Int(kind.rawValue)][position].state == .whole, try mayHold(mark, kind, position) else {
                continue
            }
            numbers += try blocks.numbers(of: word, in: runs[Int(kind.rawValue)][position])
        }
        return numbers
    }

    /// The numbers of the rows whose keys of this kind begin with `low` to `high`, at most `limit` of each run.
    func numbers(
        from low: UInt64,
        through high: UInt64,
        _ kind: LedgerKey.Kind,
        limit: Int
    ) throws(LedgerError) -> [Int64] {
        var numbers: [Int64] = []
        for run in self[kind] where run.state == .whole {
            var cursor = try KeyCursor(run, from: Int64(low >> 24), in: blocks)
            var found = 0
            while let entry = cursor.entry, entry.word <= high, found < limit {
                if entry.word >= low {
                    numbers.append(Int64(entry.number))
                    found += 1
                }
                try cursor.advance()
            }
        }
        return numbers
    }

    /// Notes a new run, whose keys are yet to be written.
    func add(
        _ kind: LedgerKey.Kind,
        level: Int,
        entries: Int,
        _ state: KeyRun.State
    ) throws(LedgerError) -> KeyRun {
        hasChanged = true
        let newest = runs.compactMap { $0.last?.number }.max() ?? 0
        var run = KeyRun(number: newest + 1, kind: kind, level: level, entries: entries)
        run.state = state
        try insert.run(
            .integer(run.number),
            .integer(kind.rawValue),
            .integer(level),
            .integer(entries),
            .integer(state.rawValue)
        )
        runs[Int(kind.rawValue)].append(run)
        return run
    }

    /// Notes what became of a run.
    func set(_ run: KeyRun, _ state: KeyRun.State, target: Int64? = nil) throws(LedgerError) {
        hasChanged = true
        try update.run(.integer(run.number), .integer(state.rawValue), .integer(target))
        let kind = Int(run.kind.rawValue)
        for position in runs[kind].indices where runs[kind][position].number == run.number {
            runs[kind][position].state = state
            runs[kind][position].target = target
        }
    }

    /// Forgets a run, of which nothing is left.
    func remove(_ run: KeyRun) throws(LedgerError) {
        hasChanged = true
        try delete.run(.integer(run.number))
        runs[Int(run.kind.rawValue)].removeAll { $0.number == run.number }
    }

    /// Whether the filter of a run lets a key pass; it is read when it is first asked.
    private func mayHold(
        _ mark: KeyFilter.Mark,
        _ kind: LedgerKey.Kind,
        _ position: Int
    ) throws(LedgerError) -> Bool {
        if hasChanged { return true }
        if let filter = runs[Int(kind.rawValue)][position].filter { return filter.mayHold(mark) }
        let filter = try filters.filter(of: runs[Int(kind.rawValue)][position])
        runs[Int(kind.rawValue)][position].filter = filter
        return filter.mayHold(mark)
    }
}
