import GRDB

/// The SQLite in use.
package enum LedgerLibrary {
    /// Its version, such as `3.40.1`; loaded at run time, so that it may be newer than the one built with.
    package static func version() throws(LedgerError) -> String {
        try SQLiteCode.rethrowing {
            try DatabaseQueue().read { db in try String.fetchOne(db, sql: "SELECT sqlite_version()") } ?? "unknown"
        }
    }
}
