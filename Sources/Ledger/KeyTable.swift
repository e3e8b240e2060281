import GRDB

/// Finds rows by keys whose order is chance, and keeps such keys unique.
///
/// The keys of the last few thousand requests lie one by one in `recent_key`, where the database itself writes them with
/// their rows and refuses one that is there. When they are many, all of them are sealed with the group that ends then:
/// see `KeyRunTable` and `KeyMerge`. A sealed key names rows by a part of it, so that the row is asked whether it is
/// meant.
final class KeyTable {
    private let limits: KeyLimits
    private let database: Database
    private let runs: KeyRunTable
    private let merge: KeyMerge
    private let recent: Prepared
    private let oldest: Prepared
    private let range: Prepared
    private let forget: Prepared
    private let forgetAll: Prepared
    /// The last request whose keys are sealed, and the last for which sealed keys were merged.
    private let sealed: MetaMark
    private let merged: MetaMark
    private let newest: Prepared

    init(_ db: Database, _ limits: KeyLimits) throws(LedgerError) {
        self.limits = limits
        database = db
        runs = try KeyRunTable(db)
        merge = KeyMerge(runs, limits)
        recent = try Prepared("SELECT number FROM recent_key WHERE kind = ? AND key = ?", db)
        oldest = try Prepared("SELECT key, number FROM recent_key WHERE kind = ? ORDER BY key LIMIT ?", db)
        range = try Prepared(
            "SELECT number FROM recent_key WHERE kind = ? AND key BETWEEN ? AND ? ORDER BY key LIMIT ?",
            db
        )
        forget = try Prepared("DELETE FROM recent_key WHERE kind = ?1 AND key IN (\(Self.firstKeys))", db)
        forgetAll = try Prepared("DELETE FROM recent_key", db)
        sealed = try MetaMark("keys_sealed_through", db)
        merged = try MetaMark("keys_merged_through", db)
        newest = try Prepared("SELECT coalesce(max(number), 0) FROM request", db)
    }

    private static let firstKeys = "SELECT key FROM recent_key WHERE kind = ?1 ORDER BY key LIMIT ?2"

    /// For the begin of each transaction.
    func begin() throws(LedgerError) { try runs.begin() }

    /// The rows that may have this key, whether it is sealed or not.
    func numbers(of key: LedgerKey) throws(LedgerError) -> [Int64] {
        let numbers = try recent.all(.integer(key.kind.rawValue), key.value) { $0.integer(0) }
        return try numbers + sealedNumbers(of: key)
    }

    /// The rows that may have this key among those sealed; one that is not sealed is refused by the database itself.
    func sealedNumbers(of key: LedgerKey) throws(LedgerError) -> [Int64] {
        runs.has(key.kind) ? try runs.numbers(of: key.word, key.kind) : []
    }

    /// The rows that may have a key of this kind from `low` through `high`, at least `limit` where there are as many.
    func numbers(
        from low: LedgerKey,
        through high: LedgerKey,
        limit: Int
    ) throws(LedgerError) -> [Int64] {
        let kind = low.kind
        let numbers = try range.all(.integer(kind.rawValue), low.value, high.value, .integer(limit)) { $0.integer(0) }
        return try numbers + runs.numbers(from: low.word, through: high.word, kind, limit: limit)
    }

    /// Seals the recent keys where they are many, and merges sealed ones as far as the requests that came ask for; for the
    /// end of a group, as its last change but the audit's end.
    func tend() throws(LedgerError) {
        let newest = try newest.first { $0.integer(0) } ?? 0
        let isSealing = newest - (try sealed.row()) >= Int64(limits.recent)
        guard isSealing || merge.hasWork else { return }
        let keys = Int(min(newest - (try merged.row()), Int64(limits.sealing))) * limits.pace
        guard isSealing || keys >= limits.block else { return }
        // Pages of keys are given back by the thousand, and hold nothing that the rows do not tell: none is overwritten.
        try SQLiteCode.rethrowing { try database.execute(sql: "PRAGMA secure_delete = FAST") }
        let result = Result { () throws(LedgerError) in
            try merge.work(keys)
            if isSealing { try seal(through: newest) }
            try merged.set(newest)
        }
        try SQLiteCode.rethrowing { try database.execute(sql: "PRAGMA secure_delete = ON") }
        try result.get()
    }

    private func seal(through newest: Int64) throws(LedgerError) {
        var remains = false
        for kind in LedgerKey.Kind.allCases {
            var entries: [KeyEntry] = []
            try oldest.each(.integer(kind.rawValue), .integer(limits.sealing)) { row throws(LedgerError) in
                let number = try KeyEntry.number(row.integer(1))
                entries.append(KeyEntry(word: LedgerKey.word(kind, row, 0), number: number))
                return true
            }
            if entries.count == limits.sealing { remains = true }
            entries.sort()
            try merge.seal(entries, kind)
        }
        guard remains else {
            try forgetAll.run()
            return try sealed.set(newest)
        }
        // Of a ledger of an earlier version more are recent than are sealed at once: the next groups go on.
        for kind in LedgerKey.Kind.allCases {
            try forget.run(.integer(kind.rawValue), .integer(limits.sealing))
        }
        try merge.work(limits.sealing * limits.pace)
    }
}
