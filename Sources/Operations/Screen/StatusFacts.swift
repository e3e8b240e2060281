package import Encoding

/// What the status screen shows, gathered by the caller from cache, spool and ledger; nothing here is computed from files.
///
/// A nil part could not be read or does not exist yet; the screen says so.
package struct StatusFacts: Equatable, Sendable {
    /// The process that owns the spool, when one runs.
    package struct Running: Equatable, Sendable {
        package var processID: Int32
        package var since: UnixTime

        package init(processID: Int32, since: UnixTime) {
            self.processID = processID
            self.since = since
        }
    }

    package var version: String
    package var now: UnixTime
    package var running: Running?
    /// The configuration file, nil when all is default.
    package var configuration: String?
    package var environment: String
    package var keys: KeyFacts?
    package var spool: SpoolFacts?
    package var work: WorkFacts?
    package var ledger: LedgerFacts?
    /// Rules whose severity the bank changed.
    package var overrides: [String] = []

    package init(version: String, now: UnixTime, environment: String) {
        self.version = version
        self.now = now
        self.environment = environment
    }
}
