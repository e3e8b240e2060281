/// How a ledger is opened.
package struct LedgerOptions: Sendable {
    /// How long to wait for another process that writes.
    package var busySeconds: Double
    /// The most bytes the database may grow to, when there is a limit.
    package var byteLimit: Int64?

    package init(busySeconds: Double = 5, byteLimit: Int64? = nil) {
        self.busySeconds = busySeconds
        self.byteLimit = byteLimit
    }
}
