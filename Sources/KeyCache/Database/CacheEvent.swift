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

    package init(seq: Int64, at: UnixTime, kind: String, sourceID: Int64?, data: String) {
        self.seq = seq
        self.at = at
        self.kind = kind
        self.sourceID = sourceID
        self.data = data
    }

    /// The digest the event carries in its chain, where the one before carries `previous`; none comes before the first.
    package func digest(after previous: [UInt8]) -> [UInt8] {
        EventLog.digest(seq: seq, at: at, kind: kind, source: sourceID, data: data, previous: previous)
    }
}
