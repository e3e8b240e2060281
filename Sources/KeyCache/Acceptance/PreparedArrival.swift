import Encoding

/// An arrival with everything done that takes time and no transaction.
struct PreparedArrival {
    /// What is left to be written.
    enum Work {
        /// A body, and what was made of it; nil where it was the one in use.
        case body(ReceivedBody, PreparedBody?)
        case notModified(Validators)
        case failure(code: String, retryAfter: Int64?)
    }

    let sourceID: Int64
    let time: UnixTime
    /// When somebody else fetched the body; nil where it was now.
    let copiedAt: UnixTime?
    let jitter: Double
    let life: BundleLife?
    let work: Work
}
