package import OpenBanking

/// What came of entering a request.
package enum Entry: Sendable, Equatable {
    /// It is new, or a deferred one tried again: decide it and finish it under this number.
    case new(Int64)
    /// The same bytes, or the same (iss, jti), were decided before.
    case duplicate(PriorResult)
}
