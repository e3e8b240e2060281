/// The operator's bounds on one class of sources, in seconds; no server moves them.
package struct ClassLimits: Sendable, Equatable {
    /// The shortest time a body counts as fresh.
    package var minimum: Int64
    /// The time a body counts as fresh where its response says nothing.
    package var standard: Int64
    /// The longest time a body counts as fresh.
    package var maximum: Int64
    /// How long past the time it should have been asked for again a body still counts as fresh.
    package var tolerance: Int64
    /// How long a body stays usable once it is no longer fresh.
    package var staleAllowance: Int64

    package init(minimum: Int64, standard: Int64, maximum: Int64, tolerance: Int64 = 0, staleAllowance: Int64) {
        self.minimum = minimum
        self.standard = standard
        self.maximum = maximum
        self.tolerance = tolerance
        self.staleAllowance = staleAllowance
    }

    /// The directory's signing keys: 5 min, 15 min, 1 h; usable for 72 h more.
    package static let directory = ClassLimits(minimum: 300, standard: 900, maximum: 3600, staleAllowance: 72 * 3600)
    /// The keys of organisations and software: 5 min, 15 min, 4 h; usable for 24 h more.
    package static let participant = ClassLimits(minimum: 300, standard: 900, maximum: 14400, staleAllowance: 24 * 3600)
    /// Revoked keys: 5 min, 15 min, 1 h; usable for 24 h more.
    package static let revoked = ClassLimits(minimum: 300, standard: 900, maximum: 3600, staleAllowance: 24 * 3600)
    /// Revocation lists: 15 min, 1 h, 4 h; usable until their own next update, and this long past it.
    package static let revocationList = ClassLimits(minimum: 900, standard: 3600, maximum: 14400, staleAllowance: 0)
}
