/// Why a key may not judge a signature by some algorithm; rules.
package enum KeyRefusal: Error, Equatable, Sendable {
    /// `use` is neither `sig` nor absent.
    case use(KeyUse)
    /// `key_ops` does not name `verify`.
    case operations
    /// `alg` of the JWK is another one.
    case algorithm(String)
    /// The key's type, or its curve, is none for the algorithm.
    case kind
}

extension KeyRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .use(let use): "the key's use is \(use.name), not sig"
        case .operations: "the key's key_ops do not name verify"
        case .algorithm(let name): "the key's alg is \(name)"
        case .kind: "the key's type does not fit the algorithm"
        }
    }
}
