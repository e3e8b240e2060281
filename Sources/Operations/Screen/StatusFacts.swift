package import Encoding

/// What the status screen shows, gathered by the caller from cache, spool and ledger; nothing here is computed from files.
///
/// A nil part could not be read or does not exist yet; the screen says so.
package struct StatusFacts: Equatable, Sendable {
    /// The process that owns the spool, when one runs.
    package struct Running: Equatable, Sendable {
        /// Its process number.
        package var processID: Int32
        /// When it started.
        package var since: UnixTime

        /// Its facts; what is left out is set afterwards.
        package init(processID: Int32, since: UnixTime) {
            self.processID = processID
            self.since = since
        }
    }

    /// The version of this program.
    package var version: String
    /// The moment the facts are about.
    package var now: UnixTime
    /// The process that owns the spool, when one runs.
    package var running: Running?
    /// The configuration file, nil when all is default.
    package var configuration: String?
    /// The directory served: sandbox or production.
    package var environment: String
    /// Whether keys are fetched from here.
    package var access = RefreshAccess.online
    /// The cache; nil when there is none.
    package var keys: KeyFacts?
    /// The spool; nil when it cannot be read.
    package var spool: SpoolFacts?
    /// The last pass; nil before the first.
    package var work: WorkFacts?
    /// How passes end; nil before the first.
    package var passes: PassFacts?
    /// The ledger; nil when there is none, or none that this version can read yet.
    package var ledger: LedgerFacts?
    /// Whether there is a ledger as an earlier version wrote it, which is read once a pass has brought it up to date.
    package var hasOlderLedger = false
    /// Whether there is a cache of an earlier version, which cannot be read before a refresh or a pass.
    package var hasOlderCache = false
    /// Rules whose severity the bank changed.
    package var overrides: [String] = []

    /// An installation of which nothing else is known yet.
    package init(version: String, now: UnixTime, environment: String) {
        self.version = version
        self.now = now
        self.environment = environment
    }
}
