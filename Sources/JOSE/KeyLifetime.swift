package import Encoding

/// What a JWK itself says of its time (`iat`, `nbf`, `exp`, as OpenID Federation writes them); nil is no bound.
///
/// It only ever narrows what is known from elsewhere.
package struct KeyLifetime: Sendable, Hashable {
    /// The later of `iat` and `nbf`.
    package let notBefore: UnixTime?
    /// `exp`.
    package let notAfter: UnixTime?

    package init(notBefore: UnixTime? = nil, notAfter: UnixTime? = nil) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// No bound at all.
    package static let unbounded = KeyLifetime()

    /// Reads the members of an entry; the names of those that are no time come back too and bound nothing.
    static func read(_ jwk: JSONValue) -> (lifetime: KeyLifetime, unreadable: [StaticString]) {
        var unreadable: [StaticString] = []
        func time(_ name: StaticString) -> UnixTime? {
            guard let value = jwk[name] else { return nil }
            guard let seconds = value.integral, seconds >= 0 else {
                unreadable.append(name)
                return nil
            }
            return seconds
        }
        let (issuedAt, notBefore, expiry) = (time("iat"), time("nbf"), time("exp"))
        let start = [issuedAt, notBefore].compactMap(\.self).max()
        return (KeyLifetime(notBefore: start, notAfter: expiry), unreadable)
    }
}
