package import Crypto
package import Encoding

/// One bulk file and how far it is done: what a restart resumes from.
package struct BatchRecord: Sendable, Equatable {
    /// How far a batch is.
    package enum State: String, Sendable, CaseIterable {
        /// Lines are left.
        case open
        /// Every line is decided; the results are staged, their publishing is the outbox's matter.
        case complete
        /// Published and archived.
        case done
        /// Refused before anything was issued: the manifest does not fit.
        case refused
    }

    /// The ledger's number of the batch; 0 before it is opened.
    package var number: Int64
    /// What tells the batch from every other: its stem and the first digits of its hash, by the spool's choice.
    package var key: String
    /// `batch_id` of the manifest, where there is one; never used twice.
    package var manifestID: String?
    package var fileName: String
    package var byteCount: Int64
    package var contentSHA256: SHA256Digest
    /// The name of the growing result file in `staging/`.
    package var stagedName: String
    package var state: State
    /// Where the next line begins in the input.
    package var inputOffset: Int64
    /// How long the staged results are; a resume cuts the file to this.
    package var outputOffset: Int64
    package var lines: Int
    package var counts: OutcomeCounts
    /// Whether its manifest makes it a migration; settled when it is opened.
    package var isMigration = false
    /// What a migration took over, and how.
    package var migration = MigrationCounts()
    /// How fast it went, over stops and resumes.
    package var pace = WorkPace()
    package var startedAt: UnixTime
    package var updatedAt: UnixTime

    package init(
        key: String,
        manifestID: String? = nil,
        fileName: String,
        byteCount: Int64,
        contentSHA256: SHA256Digest,
        stagedName: String,
        startedAt: UnixTime
    ) {
        self.number = 0
        self.key = key
        self.manifestID = manifestID
        self.fileName = fileName
        self.byteCount = byteCount
        self.contentSHA256 = contentSHA256
        self.stagedName = stagedName
        self.state = .open
        self.inputOffset = 0
        self.outputOffset = 0
        self.lines = 0
        self.counts = OutcomeCounts()
        self.startedAt = startedAt
        self.updatedAt = startedAt
    }
}
