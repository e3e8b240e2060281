package import Crypto
package import Encoding
package import OpenBanking

/// A request that waits for keys, and where its bytes are.
package struct DeferredEntry: Sendable, Equatable {
    package var requestSHA256: SHA256Digest
    /// The name of its file in `deferred/`.
    package var fileName: String
    /// The stem of the file it came in.
    package var originStem: String
    /// The line it came in, for bulk.
    package var line: Int?
    package var firstDeferredAt: UnixTime
    package var nextTryAt: UnixTime
    package var attempts: Int
    /// Why it waits, in one sentence.
    package var reason: String
    /// The sources and keys it waits for.
    package var wanted: [WantedKey]
    /// Whether it came in a migration batch: its file does not say so.
    package var isMigration = false

    package init(
        requestSHA256: SHA256Digest,
        fileName: String,
        originStem: String,
        line: Int? = nil,
        firstDeferredAt: UnixTime,
        nextTryAt: UnixTime,
        attempts: Int = 1,
        reason: String,
        wanted: [WantedKey]
    ) {
        self.requestSHA256 = requestSHA256
        self.fileName = fileName
        self.originStem = originStem
        self.line = line
        self.firstDeferredAt = firstDeferredAt
        self.nextTryAt = nextTryAt
        self.attempts = attempts
        self.reason = reason
        self.wanted = wanted
    }
}
