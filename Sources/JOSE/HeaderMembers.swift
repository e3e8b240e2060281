import Encoding

/// A set of JOSE header members, as one word.
package struct HeaderMembers: OptionSet, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let algorithm = HeaderMembers(rawValue: 1 << 0)
    package static let keyID = HeaderMembers(rawValue: 1 << 1)
    package static let type = HeaderMembers(rawValue: 1 << 2)
    package static let contentType = HeaderMembers(rawValue: 1 << 3)
    package static let critical = HeaderMembers(rawValue: 1 << 4)
    package static let unencoded = HeaderMembers(rawValue: 1 << 5)
    package static let key = HeaderMembers(rawValue: 1 << 6)
    package static let keySetURL = HeaderMembers(rawValue: 1 << 7)
    package static let certificateChain = HeaderMembers(rawValue: 1 << 8)
    package static let certificateURL = HeaderMembers(rawValue: 1 << 9)
    package static let certificateSHA1 = HeaderMembers(rawValue: 1 << 10)
    package static let certificateSHA256 = HeaderMembers(rawValue: 1 << 11)
    package static let encryption = HeaderMembers(rawValue: 1 << 12)
    package static let compression = HeaderMembers(rawValue: 1 << 13)
    package static let other = HeaderMembers(rawValue: 1 << 14)

    /// The members that carry a key or say where to get one: `jwk`, `jku`, `x5c`, `x5u`.
    package static let embedded: HeaderMembers = [.key, .keySetURL, .certificateChain, .certificateURL]

    /// The member called `name`; `.other` for one this product has no rule on.
    static func named(_ name: ByteSlice) -> HeaderMembers {
        switch name.count {
        case 3:
            if name.equals("alg") { return .algorithm }
            if name.equals("kid") { return .keyID }
            if name.equals("typ") { return .type }
            if name.equals("cty") { return .contentType }
            if name.equals("b64") { return .unencoded }
            if name.equals("jwk") { return .key }
            if name.equals("jku") { return .keySetURL }
            if name.equals("x5c") { return .certificateChain }
            if name.equals("x5u") { return .certificateURL }
            if name.equals("x5t") { return .certificateSHA1 }
            if name.equals("enc") { return .encryption }
            if name.equals("zip") { return .compression }
            return .other
        case 4: return name.equals("crit") ? .critical : .other
        case 8: return name.equals("x5t#S256") ? .certificateSHA256 : .other
        default: return .other
        }
    }
}
