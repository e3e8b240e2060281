import Encoding
import GRDB
import GRDBSQLite
import Glibc

/// Opens the database file and holds it to what a ledger needs: WAL, FULL sync, our own file, a schema we know.
enum LedgerConnection {
    static func open(_ path: String, _ options: LedgerOptions) throws(LedgerError) -> DatabaseQueue {
        try forWriting(path) { () throws(LedgerError) in try openFirst(path, options) }
    }

    /// Opens a second connection to a ledger that is open for writing, for checkpoints of its log.
    static func beside(_ path: String, _ options: LedgerOptions) throws(LedgerError) -> DatabaseQueue {
        try forWriting(path) { () throws(LedgerError) in try openSecond(path, options) }
    }

    /// SQLite falls back to reading where it could not open the file for writing.
    private static func forWriting(
        _ path: String,
        _ open: () throws(LedgerError) -> DatabaseQueue
    ) throws(LedgerError) -> DatabaseQueue {
        do throws(LedgerError) { return try open() } catch .readOnly { throw .cannotOpen(path: path) }
    }

    private static func openFirst(_ path: String, _ options: LedgerOptions) throws(LedgerError) -> DatabaseQueue {
        try createPrivately(path)
        let queue = try connect(path, configuration(options, readonly: false))
        return try SQLiteCode.rethrowing {
            try queue.writeWithoutTransaction { db in
                try checkOwner(db)
                // A change of mode that the disk made fail is not told; it is tried once more before it is checked.
                try db.execute(sql: "PRAGMA journal_mode = WAL")
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
                try db.execute(sql: "PRAGMA secure_delete = ON")
                // A group's pages fit, so that none is written twice or read again.
                try db.execute(sql: "PRAGMA cache_size = -\(cacheKibibytes)")
                try Durability(db).check()
                // Of a ledger that is there already nothing was written so far.
                try checkWritable(db)
            }
            try Schema.migrator.migrate(queue)
            if let limit = options.byteLimit {
                try queue.writeWithoutTransaction { db in
                    let pageSize = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 4_096
                    try db.execute(sql: "PRAGMA max_page_count = \(max(1, limit / pageSize))")
                }
            }
            return queue
        }
    }

    private static func openSecond(_ path: String, _ options: LedgerOptions) throws(LedgerError) -> DatabaseQueue {
        // Where it was moved away SQLite would make another, and take the log for a leftover of it.
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_size > 0 else { throw .cannotOpen(path: path) }
        let queue = try connect(path, configuration(options, readonly: false))
        try SQLiteCode.rethrowing {
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                try db.execute(sql: "PRAGMA journal_size_limit = 67108864")
                try Durability(db).check()
                try checkWritable(db)
            }
        }
        return queue
    }

    /// Where SQLite cannot open the file or its log for writing it begins to read instead, and tells of neither before
    /// something is written.
    private static func checkWritable(_ db: Database) throws {
        guard unsafe sqlite3_db_readonly(db.sqliteConnection, "main") == 0 else { throw LedgerError.readOnly }
        try db.inTransaction(.immediate) { .rollback }
    }

    static func openReadOnly(_ path: String, _ options: LedgerOptions) throws(LedgerError) -> DatabaseQueue {
        let queue = try connect(path, configuration(options, readonly: true))
        return try SQLiteCode.rethrowing {
            try queue.writeWithoutTransaction { db in
                try checkOwner(db)
                let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                if found < Schema.version { throw LedgerError.olderSchema(found: found, known: Schema.version) }
            }
            return queue
        }
    }

    /// The pages of the database that are held in memory while it is written, in KiB.
    private static let cacheKibibytes = 8_192

    private static func configuration(_ options: LedgerOptions, readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.label = "ledger"
        configuration.busyMode = .timeout(options.busySeconds)
        if !readonly { configuration.journalMode = .wal }
        return configuration
    }

    private static func connect(_ path: String, _ configuration: Configuration) throws(LedgerError) -> DatabaseQueue {
        do {
            return try SQLiteCode.rethrowing { try DatabaseQueue(path: path, configuration: configuration) }
        } catch .cannotOpen {
            throw .cannotOpen(path: path)
        }
    }

    /// Makes the file before SQLite does, so that nobody else may read it: SQLite gives its log the same mode.
    private static func createPrivately(_ path: String) throws(LedgerError) {
        var descriptor: Int32
        repeat {
            descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        } while descriptor < 0 && errno == EINTR
        guard descriptor >= 0 else { throw errno == ENOSPC ? .diskFull : .cannotOpen(path: path) }
        Glibc.close(descriptor)
    }

    /// Ours by its mark, or still without any: a file just made, or one whose making was cut off before the first
    /// migration, which leaves at most the migrator's own table.
    private static func checkOwner(_ db: Database) throws {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        if application == Schema.applicationID {
            let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            if found > Schema.version { throw LedgerError.newerSchema(found: found, known: Schema.version) }
            return
        }
        let sql = "SELECT count(*) FROM sqlite_schema WHERE tbl_name != 'grdb_migrations'"
        let isUnmarked = try application == 0 && Int.fetchOne(db, sql: sql) == 0
        guard isUnmarked else { throw LedgerError.foreign(applicationID: application) }
    }
}
