/// How a request ended.
package enum Outcome: String, Sendable, CaseIterable {
    /// Every rule of severity error holds; a credential was issued or the operation was carried out.
    case accepted
    /// At least one rule of severity error is broken.
    case rejected
    /// Not a registration at all: the file, the record or the JWS framing cannot be read.
    case malformed
    /// Keys, certificates or revocation lists it needs are not in the cache, or too old; it is tried again by itself.
    case deferred
    /// The same bytes, or the same (iss, jti), were decided before; nothing new was issued.
    case duplicate
}
