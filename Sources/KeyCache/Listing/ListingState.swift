/// Where a listing, a key under a kid in one source, is in its life (`cache.md` §3).
///
///     (none) → active ⇄ retired → archived
///                active → expired, quarantined → active
///                any → revoked, which nothing leaves
package enum ListingState: String, Sendable, CaseIterable {
    /// In the set as last accepted.
    case active
    /// Left the set; vouches for a while for what was signed before.
    case retired
    /// Left the set long ago; kept for history.
    case archived
    /// In the set, but its certificate's time is over.
    case expired
    /// In the set, but damaged or compromised by its own publication.
    case quarantined
    /// On a revoked set; absorbing.
    case revoked

    /// Whether a listing may go from one state to another.
    package func mayBecome(_ next: ListingState) -> Bool {
        switch (self, next) {
        case (.revoked, _): false
        case (_, .revoked): true
        case (_, .archived): self != .active && self != .archived
        default: self != next
        }
    }

    /// Whether the key is in the set as last accepted, or was when it was revoked.
    var isListed: Bool { self == .active || self == .expired || self == .quarantined }

    /// The place among keys of one kid, usable ones first.
    var rank: Int {
        switch self {
        case .active: 0
        case .retired: 1
        case .expired: 2
        case .quarantined: 3
        case .revoked: 4
        case .archived: 5
        }
    }
}
