package import Crypto
package import Encoding
package import JOSE

/// A key a source ever listed under a kid, with all that is known of its life.
package struct HistoricKey: Sendable {
    /// The key itself, with the attributes and the certificate it was last listed with.
    package let key: VerificationKey
    /// The state as recorded; `state(at:)` also sees what no sweep has moved yet.
    package let recordedState: ListingState
    /// Until when a retired key is a candidate for ordinary work.
    package let graceUntil: UnixTime?
    /// Its stays in the set, the oldest first; none where it was only in sets that waited.
    package let periods: [ListedPeriod]
    /// What it was listed with, the newest last, never none.
    package let windows: [KeyWindow]
    package let revocation: KeyRevocation?
    /// Until when what is known of the source may be used; nil where no body was ever accepted.
    package let usableUntil: UnixTime?
    /// Whether it left its set while it was quarantined: to be taken away makes no leaked key good.
    package let leftInQuarantine: Bool

    package init(
        key: VerificationKey,
        state: ListingState,
        graceUntil: UnixTime? = nil,
        periods: [ListedPeriod],
        windows: [KeyWindow],
        revocation: KeyRevocation? = nil,
        usableUntil: UnixTime?,
        leftInQuarantine: Bool = false
    ) {
        self.key = key
        self.recordedState = state
        self.graceUntil = graceUntil
        self.periods = periods
        self.windows = windows
        self.revocation = revocation
        self.usableUntil = usableUntil
        self.leftInQuarantine = leftInQuarantine
    }

    /// The key's identity.
    package var spkiSHA256: SHA256Digest { key.key.spkiSHA256 }

    /// When it was last seen in the set, nil while it is there.
    package var lastSeen: UnixTime? { periods.last.flatMap { $0.toHigh == nil ? nil : $0.toLow ?? $0.fromHigh } }

    /// The state at `now`: a certificate that ended meanwhile and a grace that is over are seen.
    package func state(at now: UnixTime) -> ListingState {
        if revocation != nil { return .revoked }
        switch recordedState {
        case .active:
            guard let notAfter = windows.last?.notAfter, notAfter < now else { return .active }
            return .expired
        case .retired:
            guard let graceUntil, graceUntil < now else { return .retired }
            return .archived
        case .pending, .dropped, .archived, .expired, .quarantined, .revoked: return recordedState
        }
    }
}
