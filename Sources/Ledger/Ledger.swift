package import Encoding
import GRDB
import Synchronization

/// What was issued, to whom, and every request decided: the one place that says a credential exists.
///
/// This interface names no SQL, so that another store can take the place of SQLite. One process writes; others read.
/// After an error that leaves durability unknown (`LedgerError.mustStop`) every further group fails with it: stop,
/// start again, and recover from disk.
///
/// `@unchecked Sendable`: the compiled statements are touched on the database's own serial queue only.
package final class Ledger: @unchecked Sendable {
    private let tables: LedgerTables
    private let queue: DatabaseQueue
    /// Keeps the log short; nil for a ledger that is only read.
    private let checkpointer: Checkpointer?
    private let failure = Mutex<LedgerError?>(nil)

    /// Opens a ledger for writing, makes it where there is none, and brings its schema up to date.
    package static func open(_ path: String, _ options: LedgerOptions = LedgerOptions()) throws(LedgerError) -> Ledger {
        let checkpointer = Checkpointer(pages: options.logPages) { () throws(LedgerError) in
            try LedgerConnection.beside(path, options)
        }
        return try Ledger(LedgerConnection.open(path, options), options, checkpointer)
    }

    /// Opens a ledger that exists, for reading; works beside a process that writes, and without one.
    package static func openReadOnly(
        _ path: String,
        _ options: LedgerOptions = LedgerOptions()
    ) throws(LedgerError) -> Ledger {
        try Ledger(LedgerConnection.openReadOnly(path, options), options, nil)
    }

    private init(
        _ queue: DatabaseQueue,
        _ options: LedgerOptions,
        _ checkpointer: Checkpointer?
    ) throws(LedgerError) {
        self.queue = queue
        self.checkpointer = checkpointer
        let origin = options.origin.map { ",\($0.members)}" }
        tables = try queue.writeWithoutTransaction { db in
            Self.result { () throws(LedgerError) in
                try checkpointer?.watch(db)
                return try LedgerTables(db, auditEnd: origin, options.keys)
            }
        }
        .get()
    }

    /// Runs `body` in one transaction and commits it; on any error nothing of it is kept.
    ///
    /// The body also stages and syncs the group's files before it returns, so that the commit is the last act; it
    /// throws `.abandoned` when its own files fail.
    package func group<R>(
        _ name: String = "",
        at now: UnixTime,
        _ body: (LedgerGroup) throws(LedgerError) -> R
    ) throws(LedgerError) -> R {
        if let error = failure.withLock({ $0 }) { throw error }
        let result = queue.writeWithoutTransaction { db in
            Self.result { () throws(LedgerError) in try commit(db, name, now, body) }
        }
        if case .failure(let error) = result, error.mustStop { failure.withLock { $0 = error } }
        return try result.get()
    }

    /// Runs `body` on one state of the ledger, without changing it.
    package func read<R>(
        at now: UnixTime,
        _ body: (LedgerGroup) throws(LedgerError) -> R
    ) throws(LedgerError) -> R {
        let result = try SQLiteCode.rethrowing {
            try queue.read { _ in
                Self.result { () throws(LedgerError) in
                    try body(LedgerGroup(tables, name: "", at: now, canWrite: false))
                }
            }
        }
        return try result.get()
    }

    /// What `status` says about the ledger.
    package func summary(at now: UnixTime) throws(LedgerError) -> LedgerSummary {
        try read(at: now) { group throws(LedgerError) in try group.summary() }
    }

    /// Moves the write-ahead log into the database; for when nothing else is to do.
    package func checkpoint() throws(LedgerError) {
        guard let checkpointer else { throw .readOnly }
        try queue.writeWithoutTransaction { db in Self.result { () throws(LedgerError) in try checkpointer.end(db) } }
            .get()
    }

    /// How the connection writes, read back from SQLite.
    package func durability() throws(LedgerError) -> Durability {
        try SQLiteCode.rethrowing { try queue.writeWithoutTransaction { db in try Durability(db) } }
    }

    private func commit<R>(
        _ db: Database,
        _ name: String,
        _ now: UnixTime,
        _ body: (LedgerGroup) throws(LedgerError) -> R
    ) throws(LedgerError) -> R {
        try checkpointer?.turn(db)
        try SQLiteCode.rethrowing { try db.beginTransaction(.immediate) }
        do throws(LedgerError) {
            let group = try LedgerGroup(tables, name: name, at: now, canWrite: true)
            let value = try body(group)
            try group.close()
            try SQLiteCode.rethrowing { try db.commit() }
            return value
        } catch {
            // After some errors SQLite has rolled back by itself.
            if db.isInsideTransaction { try SQLiteCode.rethrowing { try db.rollback() } }
            throw error
        }
    }

    private static func result<R>(_ body: () throws(LedgerError) -> R) -> Result<R, LedgerError> {
        do throws(LedgerError) {
            return .success(try body())
        } catch {
            return .failure(error)
        }
    }
}
