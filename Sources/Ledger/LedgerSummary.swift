package import Encoding

/// What `status` says about the ledger.
package struct LedgerSummary: Sendable, Equatable {
    /// Living clients.
    package var clients = 0
    package var deletedClients = 0
    /// Clients issued since the start of the day (UTC).
    package var issuedToday = 0
    /// Answers given today (UTC) and ever; a deferred request counts once more when it is decided.
    package var today = OutcomeCounts()
    package var ever = OutcomeCounts()
    /// Requests that wait, and since when the oldest does.
    package var waiting = 0
    package var oldestWaitingSince: UnixTime?
    /// Results committed and not yet marked published.
    package var pendingResults = 0
    package var lostResults = 0
    package var openBatches = 0
    package var lastGroupAt: UnixTime?
    /// The number of the last group that left anything behind; 0 in a new ledger.
    package var lastGroup: Int64 = 0
    package var lastPass: PassRecord?
    /// When the clients were last exported as a whole, and how many changed since; nil where they never were.
    package var lastExportAt: UnixTime?
    package var changedSinceExport: Int?
    /// The bytes of the database file, without its write-ahead log.
    package var databaseBytes: Int64 = 0

    package init() {}
}
