/// What a source answered: the two statuses that count, 200 and 304.
package enum FetchResponse: Sendable, Equatable {
    /// 200: the decoded body, whole and within its limit.
    case body([UInt8], FetchHeaders, PeerInfo)
    /// 304 to a conditional request: the body held is still the current one.
    case notModified(FetchHeaders, PeerInfo)

    /// The headers of either answer.
    package var headers: FetchHeaders {
        switch self {
        case .body(_, let headers, _), .notModified(let headers, _): headers
        }
    }

    /// Who answered.
    package var peer: PeerInfo {
        switch self {
        case .body(_, _, let peer), .notModified(_, let peer): peer
        }
    }
}
