package import Encoding
package import PKIX

/// How the revocation list of one source stands.
package struct ListStatus: Sendable {
    /// How far a list may be relied on.
    package enum State: String, Sendable {
        case good
        /// Past its next update, within the time the operator allows.
        case graced
        case stale, missing
    }

    package let url: String
    /// The issuer's name, nil where no list was ever accepted.
    package let issuer: DistinguishedName?
    package let thisUpdate: UnixTime?
    package let nextUpdate: UnixTime?
    /// How many certificates are on it.
    package let entries: Int
    /// How long it counts as good after its next update, by the operator's word.
    package let grace: Int64

    /// Good until its next update; a list that is not there is missing.
    package func state(at time: UnixTime) -> State {
        guard let nextUpdate else { return .missing }
        if time <= nextUpdate { return .good }
        return time <= nextUpdate.addingClamped(grace) ? .graced : .stale
    }
}
