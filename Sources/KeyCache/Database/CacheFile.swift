import GRDB

/// The SQLite file behind a store: one writer, readers beside it, in any number of processes (WAL).
struct CacheFile: Sendable {
    /// How long a commit may need to be safe.
    enum Durability: String {
        /// On disk when the commit returns: content changes.
        case full = "FULL"
        /// On disk soon; a power cut may lose it, never damage it: attempts, confirmations, wanted keys.
        case normal = "NORMAL"
    }

    private let pool: DatabasePool

    /// Opens the file; a writable one is made where missing, checked page by page, and brought to the current schema.
    ///
    /// `patience` is how many seconds to wait for another process's transaction.
    init(path: String, readOnly: Bool, patience: Double) throws(KeyStoreError) {
        var configuration = Configuration()
        configuration.label = "cache"
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(patience)
        configuration.maximumReaderCount = 2
        if !readOnly { SharedFile.make(at: path) }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            if !readOnly {
                try pool.read(Self.check)
                try Schema.migrator.migrate(pool)
            }
            let (complete, begun, superseded) = try pool.read { db in
                (
                    try Schema.migrator.hasCompletedMigrations(db), try !Schema.migrator.appliedMigrations(db).isEmpty,
                    try Schema.migrator.hasBeenSuperseded(db)
                )
            }
            if superseded { throw KeyStoreError.schemaTooNew(path: path) }
            if !complete {
                throw begun ? KeyStoreError.schemaTooOld(path: path) : .cannotOpen(path: path, reason: "it is no cache")
            }
        } catch let error as KeyStoreError {
            throw error
        } catch {
            switch SQLiteFault.translated(error) {
            case .busy: throw .busy
            case .full: throw .full
            case .corrupt(let reason) where (error as? DatabaseError)?.resultCode == .SQLITE_CORRUPT:
                throw .corrupt(reason)
            case let fault: throw .cannotOpen(path: path, reason: fault.description)
            }
        }
    }

    /// Refuses a file with a damaged page before anything is built on it.
    private static func check(_ db: Database) throws {
        let findings = try String.fetchAll(db, sql: "PRAGMA quick_check(1)")
        guard findings == ["ok"] else { throw KeyStoreError.corrupt(findings.first ?? "the check gave no answer") }
    }

    /// Reads one consistent state.
    func read<R>(_ body: (Database) throws -> R) throws(KeyStoreError) -> R {
        do { return try pool.read(body) } catch { throw SQLiteFault.translated(error) }
    }

    /// Reads one consistent state; `caching` keeps up to 64 MiB of pages while it lasts, for a reading of nearly all.
    ///
    /// Rows of one table lead to rows of others all over the file: with SQLite's own 2 MiB each page of a large cache is
    /// read ten times.
    func read<R>(caching: Bool, _ body: (Database) throws -> R) throws(KeyStoreError) -> R {
        guard caching else { return try read(body) }
        return try read { db in
            try db.execute(sql: "PRAGMA cache_size = -65536")
            defer { Self.forgetPages(db) }
            return try body(db)
        }
    }

    /// Gives the pages back; where that fails they stay as long as the connection, which is all that is lost.
    private static func forgetPages(_ db: Database) {
        do { try db.execute(sql: "PRAGMA cache_size = -2000; PRAGMA shrink_memory") } catch {}
    }

    /// Runs `body` in one transaction, all or nothing.
    func write<R>(_ durability: Durability, _ body: (Database) throws -> R) throws(KeyStoreError) -> R {
        do {
            return try pool.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = \(durability.rawValue)")
                var result: R?
                try db.inTransaction(.immediate) {
                    result = try body(db)
                    return .commit
                }
                guard let result else { throw KeyStoreError.sql(code: 0, "the transaction gave no result") }
                return result
            }
        } catch {
            throw SQLiteFault.translated(error)
        }
    }

    /// Closes the connections; the file is then at rest.
    func close() throws(KeyStoreError) {
        do { try pool.close() } catch { throw SQLiteFault.translated(error) }
    }
}
