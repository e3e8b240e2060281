package import Encoding

/// Where a key of a set is in its life, as far as a verifier must know (`KeySet`).
package enum KeyStanding: Equatable, Sendable {
    /// In the set as last accepted.
    case active
    /// No longer in the set; good for signatures made up to 60 s after it was last seen, until the grace is over.
    case retired(lastSeen: UnixTime, graceUntil: UnixTime)
    /// Its certificate's time is over, or its own `exp`.
    case expired(at: UnixTime)
    /// Waits for an operator: a held swap, a quarantine.
    case held
    /// On a revoked set or a CRL, or revoked by an operator.
    case revoked(at: UnixTime)

    /// Whether a signature made at `signedAt` may be judged by the key at `now`, in an ordinary request.
    package func admits(signedAt: UnixTime, now: UnixTime) -> Bool {
        switch self {
        case .active: true
        case .retired(let lastSeen, let graceUntil):
            // Both times may be anything, the signer's word included: the sum must not trap.
            signedAt <= min(lastSeen, .max - 60) + 60 && now <= graceUntil
        case .expired, .held, .revoked: false
        }
    }
}
