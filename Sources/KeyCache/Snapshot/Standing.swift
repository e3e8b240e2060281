package import Encoding

/// Whether a key of a set may judge a signature, all considered: its place in the set, its certificate, its revocation.
package enum Standing: Sendable, Equatable {
    case usable
    /// It left the set; its grace is over, or the signature is younger than its last sight.
    case retired(lastSeen: UnixTime)
    /// Its certificate ended.
    case expired(at: UnixTime)
    /// On a revoked set, or its certificate is on its issuer's list.
    case revoked(at: UnixTime)
    /// Waits for an operator, or for a better set.
    case held
    /// Not of this set.
    case unlisted
}
