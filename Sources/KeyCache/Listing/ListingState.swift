/// Where a listing, a key under a kid in one source, is in its life (`cache.md` §3).
///
///     (none) → active ⇄ retired → archived
///     (none) → pending → active, dropped
///                active → expired, quarantined → active
///                any → revoked, which nothing leaves
package enum ListingState: String, Sendable, CaseIterable {
    /// In a set that waits for an operator, and in none before.
    case pending
    /// Was in a set that waited and never took effect; no candidate.
    case dropped
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
        case (_, .pending): self == .dropped
        case (_, .dropped): self == .pending
        case (.pending, .retired), (.pending, .archived), (.dropped, .retired), (.dropped, .archived): false
        case (_, .archived): self != .active && self != .archived
        default: self != next
        }
    }

    /// Whether the key is in the set as last accepted, or was when it was revoked.
    var isListed: Bool { self == .active || self == .expired || self == .quarantined }

    /// Whether the key was seen only in sets that did not take effect.
    var isUnaccepted: Bool { self == .pending || self == .dropped }

    /// The place among keys of one kid, usable ones first.
    var rank: Int {
        switch self {
        case .active: 0
        case .retired: 1
        case .expired: 2
        case .quarantined: 3
        case .pending: 4
        case .revoked: 5
        case .archived: 6
        case .dropped: 7
        }
    }
}
