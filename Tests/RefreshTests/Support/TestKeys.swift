import Crypto
import Encoding

/// Three keys, and key sets of them as text.
///
/// Made once: what they are does not matter, that they stay the same does.
enum TestKeys {
    static let a = key("A")
    static let b = key("B")
    static let c = key("C")
    static let ab = set([a, b])

    /// A key set with these entries.
    static func set(_ keys: [String]) -> String { "{\"keys\":[\(keys.joined(separator: ","))]}" }

    /// A fresh P-256 signing key under a kid, as an entry of a set.
    static func key(_ kid: String) -> String {
        guard let key = try? PrivateKey.generateEC(.p256) else { return "{}" }
        return entry(kid, key)
    }

    /// A P-256 signing key under a kid, as an entry of a set; `extra` holds further members, each with a leading comma.
    static func entry(_ kid: String, _ key: PrivateKey, extra: String = "") -> String {
        guard case .ec(_, let x, let y) = key.publicKey.material else { return "{}" }
        return """
            {"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"\(kid)",\
            "x":"\(Base64URL.encode(x))","y":"\(Base64URL.encode(y))"\(extra)}
            """
    }
}
