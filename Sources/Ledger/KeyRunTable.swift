import GRDB

/// The sealed keys: of each kind a few runs, each many times as long as the one of the level before it.
///
/// Sealed keys are merged with the runs of the first levels into a new run, written in the order of its keys; the old
/// ones go in the same transaction. So a key is written as often as there are levels, each time in a full page, where
/// an index of such keys has a page of its own written for nearly each of them.
final class KeyRunTable {
    private let limits: KeyLimits
    private let all: Prepared
    private let insert: Prepared
    private let delete: Prepared
    private let addBlock: Prepared
    private let deleteBlocks: Prepared
    private let blockWith: Prepared
    private let blockAfter: Prepared
    private let addFilter: Prepared
    private let deleteFilter: Prepared
    private let filterParts: Prepared
    /// The runs as the transaction found them, lowest levels first.
    private var runs: [KeyRun] = []
    /// Whether runs came that may yet be rolled back: of those no filter is remembered.
    private var hasChanged = false

    init(_ db: Database, _ limits: KeyLimits) throws(LedgerError) {
        self.limits = limits
        all = try Prepared("SELECT run, kind, level, entries FROM key_run ORDER BY level", db)
        insert = try Prepared("INSERT INTO key_run (run, kind, level, entries) VALUES (?, ?, ?, ?)", db)
        delete = try Prepared("DELETE FROM key_run WHERE run = ?", db)
        addBlock = try Prepared("INSERT INTO key_block (place, entries) VALUES (?, ?)", db)
        deleteBlocks = try Prepared("DELETE FROM key_block WHERE place BETWEEN ? AND ?", db)
        blockWith = try Prepared(
            "SELECT entries FROM key_block WHERE place BETWEEN ? AND ? ORDER BY place DESC LIMIT 1",
            db
        )
        blockAfter = try Prepared(
            "SELECT place, entries FROM key_block WHERE place > ? AND place <= ? ORDER BY place LIMIT 1",
            db
        )
        addFilter = try Prepared("INSERT INTO key_filter (place, bits) VALUES (?, ?)", db)
        deleteFilter = try Prepared("DELETE FROM key_filter WHERE place BETWEEN ? AND ?", db)
        filterParts = try Prepared("SELECT bits FROM key_filter WHERE place BETWEEN ? AND ? ORDER BY place", db)
    }

    /// Reads which runs there are; for the begin of each transaction, and it holds until its end.
    func begin() throws(LedgerError) {
        // A filter is of a run that was committed: that never changes, and no later one gets its number.
        let known = runs
        hasChanged = false
        runs.removeAll()
        try all.each { row throws(LedgerError) in
            guard let kind = LedgerKey.Kind(rawValue: row.integer(1)) else { throw .corrupt("a run of keys") }
            let number = row.integer(0)
            let filter = known.first { $0.number == number }?.filter
            let (level, entries) = (Int(row.integer(2)), Int(row.integer(3)))
            runs.append(KeyRun(number: number, kind: kind, level: level, entries: entries, filter: filter))
            return true
        }
    }

    /// Whether any key of this kind is sealed.
    func has(_ kind: LedgerKey.Kind) -> Bool { runs.contains { $0.kind == kind } }

    /// The numbers of the rows whose keys of this kind begin with `word`.
    func numbers(of word: UInt64, _ kind: LedgerKey.Kind) throws(LedgerError) -> [Int64] {
        var numbers: [Int64] = []
        for position in runs.indices where runs[position].kind == kind {
            guard try mayHold(word, position) else { continue }
            let run = runs[position]
            try blockWith.each(.integer(run.place(0)), .integer(run.place(Int64(word >> 24)))) {
                row throws(LedgerError) in
                let found = unsafe row.withBlob(0) { bytes in
                    Result { () throws(LedgerError) in unsafe try KeyBlock.numbers(of: word, in: bytes) }
                }
                numbers += try found.get()
                return false
            }
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
        for run in runs where run.kind == kind {
            var cursor = try cursor(run)
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

    /// Takes in keys of a kind: merges them with the runs of the first levels, as many as it takes to have room.
    func add(_ entries: [KeyEntry], _ kind: LedgerKey.Kind) throws(LedgerError) {
        guard !entries.isEmpty else { return }
        hasChanged = true
        var level = 1
        var total = entries.count
        var merged: [KeyRun] = []
        while true {
            if let run = runs.first(where: { $0.kind == kind && $0.level == level }) {
                merged.append(run)
                total += run.entries
            }
            if total <= limits.most(in: level) { break }
            level += 1
        }
        var run = KeyRun(number: (runs.map(\.number).max() ?? 0) + 1, kind: kind, level: level)
        var cursors = [KeyCursor(entries)]
        for old in merged { cursors.append(try cursor(old)) }
        var filter = KeyFilter(capacity: total)
        run.entries = try write(&cursors, as: run, &filter)
        for (position, part) in filter.parts.enumerated() {
            try addFilter.run(.integer(run.place(Int64(position))), .blob(part))
        }
        for old in merged {
            try deleteBlocks.run(.integer(old.places.lowerBound), .integer(old.places.upperBound))
            try deleteFilter.run(.integer(old.places.lowerBound), .integer(old.places.upperBound))
            try delete.run(.integer(old.number))
        }
        try insert.run(.integer(run.number), .integer(kind.rawValue), .integer(level), .integer(run.entries))
        runs.removeAll { run in merged.contains { $0.number == run.number } }
        runs.append(run)
        runs.sort { $0.level < $1.level }
    }

    /// Whether the filter of a run lets a key pass; it is read when it is first asked.
    private func mayHold(_ word: UInt64, _ position: Int) throws(LedgerError) -> Bool {
        if hasChanged { return true }
        if let filter = runs[position].filter { return filter.mayHold(word) }
        let places = runs[position].places
        let parts = try filterParts.all(.integer(places.lowerBound), .integer(places.upperBound)) { $0.blob(0) }
        let filter = try KeyFilter(parts: parts)
        runs[position].filter = filter
        return filter.mayHold(word)
    }

    /// Writes what the cursors have left in the order of keys, the same entry once; returns how many entries.
    private func write(
        _ cursors: inout [KeyCursor],
        as run: KeyRun,
        _ filter: inout KeyFilter
    ) throws(LedgerError) -> Int {
        var block: [KeyEntry] = []
        block.reserveCapacity(limits.block)
        var last: KeyEntry?
        var count = 0
        while true {
            var least: Int?
            for position in cursors.indices {
                guard let entry = cursors[position].entry else { continue }
                if let other = least, let found = cursors[other].entry, found <= entry { continue }
                least = position
            }
            guard let least, let entry = cursors[least].entry else { break }
            try cursors[least].advance()
            if entry == last { continue }
            if block.count >= limits.block, entry.fence != last?.fence {
                try write(block, as: run)
                block.removeAll(keepingCapacity: true)
            }
            block.append(entry)
            filter.insert(entry.word)
            last = entry
            count += 1
        }
        try write(block, as: run)
        return count
    }

    private func write(_ block: [KeyEntry], as run: KeyRun) throws(LedgerError) {
        guard let first = block.first else { return }
        try addBlock.run(.integer(run.place(first.fence)), .blob(KeyBlock.bytes(block)))
    }

    private func cursor(_ run: KeyRun) throws(LedgerError) -> KeyCursor {
        let end = run.places.upperBound
        let blockAfter = blockAfter
        return try KeyCursor(from: run.places.lowerBound) { place throws(LedgerError) in
            var block: (place: Int64, entries: [KeyEntry])?
            try blockAfter.each(.integer(place), .integer(end)) { row throws(LedgerError) in
                let entries = unsafe row.withBlob(1) { bytes in
                    Result { () throws(LedgerError) in unsafe try KeyBlock.entries(bytes) }
                }
                block = (row.integer(0), try entries.get())
                return false
            }
            return block
        }
    }
}
