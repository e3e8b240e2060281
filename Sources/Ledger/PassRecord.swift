package import Encoding

/// One pass over the spool, as `status` shows it.
package struct PassRecord: Sendable, Equatable {
    package var startedAt: UnixTime
    /// Nil while it runs, or when it was cut short.
    package var finishedAt: UnixTime?
    package var requests: Int

    package init(startedAt: UnixTime, finishedAt: UnixTime? = nil, requests: Int = 0) {
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.requests = requests
    }
}
