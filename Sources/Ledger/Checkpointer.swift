import GRDB
import GRDBSQLite
import Synchronization

/// Moves the write-ahead log into the database beside the commits, by a connection of its own.
///
/// A checkpoint writes thousands of pages and waits for the disk. Meanwhile groups go on to be committed; the little they
/// add is moved by the connection that writes, between two groups, and the log begins anew. Where it grows faster than
/// it is moved, the next group waits, so that it does not grow without end.
final class Checkpointer: Sendable {
    /// Pages of the log that are worth a checkpoint; for twice as many the next group waits.
    private let pages: Int
    private let connect: @Sendable () throws(LedgerError) -> DatabaseQueue
    private let state = Mutex(State())

    private struct State {
        /// The pages in the log after the last commit.
        var logged = 0
        var work = Work.none
        var connection: DatabaseQueue?
    }

    /// What is underway, or what came of it.
    private enum Work {
        case none
        case running
        case done(LedgerError?)
    }

    /// Empties a log of so many pages by a connection that `connect` makes when it is first needed.
    init(pages: Int, _ connect: @escaping @Sendable () throws(LedgerError) -> DatabaseQueue) {
        self.pages = pages
        self.connect = connect
    }

    /// Has the connection that writes tell how long its log is; it does no checkpoints by itself from then on.
    ///
    /// The connection must not outlive this.
    func watch(_ writer: Database) throws(LedgerError) {
        guard let handle = unsafe writer.sqliteConnection else { throw .misuse("the connection is closed") }
        _ = unsafe sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                let checkpointer = unsafe Unmanaged<Checkpointer>.fromOpaque(context).takeUnretainedValue()
                checkpointer.state.withLock { $0.logged = Int(pages) }
                return SQLITE_OK
            },
            Unmanaged.passUnretained(self).toOpaque()
        )
    }

    /// Begins what the log asks for, or ends what was begun; between two groups, on the writer's own queue.
    ///
    /// An error of the work beside the commits is thrown here: nothing of it was believed.
    func turn(_ writer: Database) throws(LedgerError) {
        let logged = state.withLock { $0.logged }
        switch state.withLock({ $0.work }) {
        case .none:
            if logged >= pages { try begin() }
        case .running:
            if logged >= 2 * pages { try end(writer) }
        case .done:
            try end(writer)
        }
    }

    /// Waits for what is underway, and moves all that the log has.
    func end(_ writer: Database) throws(LedgerError) {
        if let connection = state.withLock({ $0.connection }) { connection.writeWithoutTransaction { _ in } }
        let work = state.withLock { state in
            defer { (state.work, state.logged) = (.none, 0) }
            return state.work
        }
        if case .done(let error?) = work { throw error }
        try Self.checkpoint(writer)
    }

    private func begin() throws(LedgerError) {
        let connection = try connection()
        state.withLock { $0.work = .running }
        connection.asyncWriteWithoutTransaction { [self] db in
            var fault: LedgerError?
            do throws(LedgerError) {
                try Self.checkpoint(db)
            } catch {
                fault = error
            }
            state.withLock { $0.work = .done(fault) }
        }
    }

    private func connection() throws(LedgerError) -> DatabaseQueue {
        if let known = state.withLock({ $0.connection }) { return known }
        let new = try connect()
        state.withLock { $0.connection = new }
        return new
    }

    private static func checkpoint(_ db: Database) throws(LedgerError) {
        do {
            try SQLiteCode.rethrowing { _ = try db.checkpoint(.passive) }
        } catch .busy {
            // Another process is at it: what it leaves is for the next time.
        }
    }
}
