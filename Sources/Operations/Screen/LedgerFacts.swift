/// The ledger as the status screen shows it.
package struct LedgerFacts: Equatable, Sendable {
    package var clients: Int
    package var databaseBytes: Int64
    package var walBytes: Int64
    package var diskFree: Int64?

    package init(clients: Int, databaseBytes: Int64, walBytes: Int64, diskFree: Int64? = nil) {
        self.clients = clients
        self.databaseBytes = databaseBytes
        self.walBytes = walBytes
        self.diskFree = diskFree
    }
}
