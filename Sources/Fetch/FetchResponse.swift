package import Encoding

/// What a source answered: the two statuses that count, 200 and 304; or what a mirror holds of it.
package enum FetchResponse: Sendable, Equatable {
    /// 200: the decoded body, whole and within its limit.
    case body([UInt8], FetchHeaders, PeerInfo)
    /// 304 to a conditional request: the body held is still the current one.
    case notModified(FetchHeaders, PeerInfo)
    /// A body from a mirror, and when it was fetched from its server; nil where the mirror does not say.
    case copy([UInt8], fetchedAt: UnixTime?)

    /// The headers of an answer; a mirror has none.
    package var headers: FetchHeaders {
        switch self {
        case .body(_, let headers, _), .notModified(let headers, _): headers
        case .copy: FetchHeaders()
        }
    }

    /// Who answered.
    package var peer: PeerInfo {
        switch self {
        case .body(_, _, let peer), .notModified(_, let peer): peer
        case .copy: PeerInfo()
        }
    }
}
