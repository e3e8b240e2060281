/// How a ledger is opened.
package struct LedgerOptions: Sendable {
    /// How long to wait for another process that writes.
    package var busySeconds: Double
    /// The most bytes the database may grow to, when there is a limit.
    package var byteLimit: Int64?

    /// Who writes; audit lines say so where it is known.
    package var origin: AuditOrigin?

    /// Pages of the write-ahead log that are worth a checkpoint; tests make them few.
    package var logPages = 8192

    /// How many keys are kept where; tests make them few.
    package var keys = KeyLimits()

    package init(busySeconds: Double = 5, byteLimit: Int64? = nil, origin: AuditOrigin? = nil) {
        self.busySeconds = busySeconds
        self.byteLimit = byteLimit
        self.origin = origin
    }
}
