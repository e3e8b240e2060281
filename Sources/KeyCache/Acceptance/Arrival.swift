package import Encoding

/// What one attempt to fetch a source brought, and when.
package struct Arrival: Sendable {
    /// What came.
    package enum Content: Sendable {
        case body([UInt8], Validators)
        /// The server said that the body in use is still the one.
        case notModified(Validators)
        /// Nothing came, for a reason of the fetcher's; the wish of `Retry-After` is in seconds.
        case failure(code: String, retryAfter: Int64?)
    }

    let sourceID: Int64
    let content: Content
    let time: UnixTime
    /// When somebody else fetched the body from its server; nil where it was now.
    let copiedAt: UnixTime?
    let jitter: Double
    /// What its signers say of how long it is good; nil where it came with no bundle.
    let life: BundleLife?

    /// `jitter`, from 0 to 1, spreads the next refresh; draw it anew for each arrival.
    ///
    /// A body that was `copiedAt` an earlier time is as old as that: fresh and usable count from then.
    package init(
        _ content: Content,
        for source: Source,
        at time: UnixTime,
        copiedAt: UnixTime? = nil,
        jitter: Double = 0.5
    ) {
        self.init(content, for: source, at: time, copiedAt: copiedAt, jitter: jitter, life: nil)
    }

    init(
        _ content: Content,
        for source: Source,
        at time: UnixTime,
        copiedAt: UnixTime?,
        jitter: Double = 0.5,
        life: BundleLife?
    ) {
        self.life = life
        self.copiedAt = copiedAt
        self.sourceID = source.id
        self.content = content
        self.time = time
        self.jitter = jitter
    }

    /// Whether recording it may change what others read.
    var mayChangeContent: Bool {
        guard case .body = content else { return false }
        return true
    }
}
