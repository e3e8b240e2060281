package import Encoding

/// What is known of the revocation of one certificate.
package enum RevocationState: Equatable, Sendable {
    /// Not on its issuer's list, which is good until the given time.
    case good(until: UnixTime)
    case revoked(at: UnixTime, reason: RevocationReason)
    /// No list of its issuer is held.
    case unknown
    /// Not on its issuer's list, which has been out of date since the given time.
    case stale(since: UnixTime)

    /// The same as it stands at `now`: a list goes stale by itself.
    package func asOf(_ now: UnixTime) -> RevocationState {
        switch self {
        case .good(let until), .stale(let until): now <= until ? .good(until: until) : .stale(since: until)
        case .revoked, .unknown: self
        }
    }

    /// The less good of two: revoked, then unknown, then what went stale or will first.
    package func worse(of other: RevocationState) -> RevocationState {
        switch (self, other) {
        case (.revoked, _): self
        case (_, .revoked): other
        case (.unknown, _), (_, .unknown): .unknown
        case (.stale(let left), .stale(let right)): .stale(since: min(left, right))
        case (.stale, _): self
        case (_, .stale): other
        case (.good(let left), .good(let right)): .good(until: min(left, right))
        }
    }
}
