package import Encoding
package import OpenBanking

/// The ledger as the status screen shows it.
package struct LedgerFacts: Equatable, Sendable {
    /// Clients registered now.
    package var clients: Int
    /// Size of the database.
    package var databaseBytes: Int64
    /// Size of its write-ahead log.
    package var walBytes: Int64
    /// Bytes free on its disk.
    package var diskFree: Int64?
    /// When the clients were last exported as a whole; nil where they never were.
    package var lastExportAt: UnixTime?
    /// How many changed since.
    package var changedSinceExport = 0
    /// Results committed and not yet marked as published.
    package var pendingResults = 0
    /// Results committed whose bytes are nowhere.
    package var lostResults = 0
    /// True where the spool was used with a newer ledger than this one.
    package var isOlder = false
    /// Batches begun and not finished.
    package var openBatches = 0
    /// Answers ever given, by outcome.
    package var answers: [Outcome: Int] = [:]

    /// Its facts; what is left out is set afterwards.
    package init(clients: Int, databaseBytes: Int64, walBytes: Int64, diskFree: Int64? = nil) {
        self.clients = clients
        self.databaseBytes = databaseBytes
        self.walBytes = walBytes
        self.diskFree = diskFree
    }
}
