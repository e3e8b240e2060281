/// The operator's three times of one class of sources, in seconds from a body's last confirmation; no server moves them.
package struct ClassLimits: Sendable, Equatable {
    /// The shortest time to the next fetch, however soon a response asks for one.
    package let minimum: Int64
    /// The time to the next fetch: the longest there is, and what holds where a response says nothing.
    package let every: Int64
    /// How long a body counts as fresh; older is a warning.
    package let staleAfter: Int64
    /// How long a body is used; `.max` for a revocation list, which says so itself.
    package let unusableAfter: Int64

    /// Limits in their order: what is out of it counts as the nearest that is not.
    package init(minimum: Int64, every: Int64, staleAfter: Int64, unusableAfter: Int64 = .max) {
        self.every = max(1, every)
        self.minimum = min(max(1, minimum), self.every)
        self.staleAfter = max(self.every, staleAfter)
        self.unusableAfter = max(self.staleAfter, unusableAfter)
    }

    /// The directory's signing keys: every 15 min, fresh for 1 h, usable for 72 h.
    package static let directory = ClassLimits(minimum: 300, every: 900, staleAfter: 3600, unusableAfter: 72 * 3600)
    /// The keys of organisations and software: every 15 min, fresh for 1 h, usable for 24 h.
    package static let participant = ClassLimits(minimum: 300, every: 900, staleAfter: 3600, unusableAfter: 24 * 3600)
    /// Revoked keys: every 15 min, fresh for 1 h, usable for 24 h.
    package static let revoked = ClassLimits(minimum: 300, every: 900, staleAfter: 3600, unusableAfter: 24 * 3600)
    /// Revocation lists: every 1 h, fresh for 4 h, usable until their own next update.
    package static let revocationList = ClassLimits(minimum: 900, every: 3600, staleAfter: 14400)
}
