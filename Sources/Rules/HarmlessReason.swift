import PKIX

extension RevocationReason {
    /// Whether a revocation for this reason says nothing against what the key signed before it: replaced, or no longer needed.
    ///
    /// Every other reason, none given included, may mean that somebody else had the key, and nobody knows since when.
    package var leavesThePast: Bool { self == .superseded || self == .cessationOfOperation }
}
