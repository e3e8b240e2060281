import GRDB

/// How a connection writes, read back from SQLite: what an opened ledger is held to and `status` may show.
package struct Durability: Sendable, Equatable {
    package let journal: String
    /// 2 is FULL: a commit returns when the log is on the disk.
    package let synchronous: Int
    /// Whether deleted content is overwritten.
    package let secureDelete: Bool
    package let foreignKeys: Bool

    package init(journal: String, synchronous: Int, secureDelete: Bool, foreignKeys: Bool) {
        self.journal = journal
        self.synchronous = synchronous
        self.secureDelete = secureDelete
        self.foreignKeys = foreignKeys
    }

    init(_ db: Database) throws {
        journal = try String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "none"
        synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0
        secureDelete = try Bool.fetchOne(db, sql: "PRAGMA secure_delete") ?? false
        foreignKeys = try Bool.fetchOne(db, sql: "PRAGMA foreign_keys") ?? false
    }

    /// Checks that a power cut takes back nothing that was committed.
    func check() throws(LedgerError) {
        guard journal == "wal" else { throw .notDurable("journal_mode is \(journal), not wal") }
        guard synchronous >= 2 else { throw .notDurable("synchronous is \(synchronous), not FULL") }
    }
}
