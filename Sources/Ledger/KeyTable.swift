import GRDB

/// Finds rows by keys whose order is chance, and keeps such keys unique.
///
/// The keys of the last few thousand requests lie one by one in `recent_key`, where the database itself writes them with
/// their rows and refuses one that is there. When they are many, all of them are sealed with the group that ends then:
/// see `KeyRunTable`. A sealed key names rows by a part of it, so that the row is asked whether it is meant.
final class KeyTable {
    private let limits: KeyLimits
    private let database: Database
    private let runs: KeyRunTable
    private let recent: Prepared
    private let oldest: Prepared
    private let range: Prepared
    private let forget: Prepared
    private let forgetAll: Prepared
    private let sealedThrough: Prepared
    private let setSealedThrough: Prepared
    private let newest: Prepared

    init(_ db: Database, _ limits: KeyLimits) throws(LedgerError) {
        self.limits = limits
        database = db
        runs = try KeyRunTable(db, limits)
        recent = try Prepared("SELECT number FROM recent_key WHERE kind = ? AND key = ?", db)
        oldest = try Prepared("SELECT key, number FROM recent_key WHERE kind = ? ORDER BY key LIMIT ?", db)
        range = try Prepared(
            "SELECT number FROM recent_key WHERE kind = ? AND key BETWEEN ? AND ? ORDER BY key LIMIT ?",
            db
        )
        forget = try Prepared("DELETE FROM recent_key WHERE kind = ?1 AND key IN (\(Self.firstKeys))", db)
        forgetAll = try Prepared("DELETE FROM recent_key", db)
        sealedThrough = try Prepared("SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'keys_sealed_through'", db)
        setSealedThrough = try Prepared(
            """
            INSERT INTO meta (name, value) VALUES ('keys_sealed_through', CAST(? AS TEXT))
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """,
            db
        )
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

    /// Seals the recent keys where they are many; for the end of a group, as its last change but the audit's end.
    func sealIfMany() throws(LedgerError) {
        let newest = try newest.first { $0.integer(0) } ?? 0
        let sealed = try sealedThrough.first { $0.integer(0) } ?? 0
        guard newest - sealed >= Int64(limits.recent) else { return }
        // Pages of keys are given back by the thousand, and hold nothing that the rows do not tell: none is overwritten.
        try SQLiteCode.rethrowing { try database.execute(sql: "PRAGMA secure_delete = FAST") }
        let result = Result { () throws(LedgerError) in try seal(through: newest) }
        try SQLiteCode.rethrowing { try database.execute(sql: "PRAGMA secure_delete = ON") }
        try result.get()
    }

    private func seal(through newest: Int64) throws(LedgerError) {
        var remains: [LedgerKey.Kind] = []
        for kind in LedgerKey.Kind.allCases {
            var entries: [KeyEntry] = []
            try oldest.each(.integer(kind.rawValue), .integer(limits.sealing)) { row throws(LedgerError) in
                let number = try KeyEntry.number(row.integer(1))
                entries.append(KeyEntry(word: LedgerKey.word(kind, row, 0), number: number))
                return true
            }
            if entries.count == limits.sealing { remains.append(kind) }
            entries.sort()
            try runs.add(entries, kind)
        }
        // Of a ledger of an earlier version more are recent than are sealed at once: the next groups go on.
        guard remains.isEmpty else {
            for kind in LedgerKey.Kind.allCases {
                try forget.run(.integer(kind.rawValue), .integer(limits.sealing))
            }
            return
        }
        try forgetAll.run()
        try setSealedThrough.run(.integer(newest))
    }
}
