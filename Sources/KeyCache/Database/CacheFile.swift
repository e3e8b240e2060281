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

    /// Opens the file; a writable one is made where missing and brought to the current schema.
    init(path: String, readOnly: Bool) throws(KeyStoreError) {
        var configuration = Configuration()
        configuration.label = "cache"
        configuration.readonly = readOnly
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = 2
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
            if !readOnly { try Schema.migrator.migrate(pool) }
            let (complete, superseded) = try pool.read { db in
                (try Schema.migrator.hasCompletedMigrations(db), try Schema.migrator.hasBeenSuperseded(db))
            }
            if superseded { throw KeyStoreError.schemaTooNew(path: path) }
            if !complete {
                throw KeyStoreError.cannotOpen(path: path, reason: "it is no cache, or one of an earlier version")
            }
        } catch let error as KeyStoreError {
            throw error
        } catch {
            throw .cannotOpen(path: path, reason: SQLiteFault.translated(error).description)
        }
    }

    /// Reads one consistent state.
    func read<R>(_ body: (Database) throws -> R) throws(KeyStoreError) -> R {
        do { return try pool.read(body) } catch { throw SQLiteFault.translated(error) }
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
