package import Encoding

/// One entry of the cache's log.
package struct CacheEvent: Sendable, Equatable {
    /// The place in the log, from 1 without gaps.
    package let seq: Int64
    package let at: UnixTime
    /// The name of an `EventKind`.
    package let kind: String
    package let sourceID: Int64?
    /// The particulars as a JSON object.
    package let data: String
}
