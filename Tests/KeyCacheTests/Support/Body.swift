import Crypto
import Encoding

/// Key-set bodies, entry by entry.
enum Body {
    /// A set of entries.
    static func set(_ entries: [String]) -> [UInt8] { Array("{\"keys\":[\(entries.joined(separator: ","))]}".utf8) }

    /// A set of the keys of some letters, each under its letter as kid.
    static func keys(_ letters: String) -> [UInt8] { set(letters.map { key($0) }) }

    /// The entry of a letter's key; `extra` holds further members, each with a leading comma.
    static func key(
        _ letter: Character,
        kid: String? = nil,
        use: String = "sig",
        certificate: [UInt8]? = nil,
        extra: String = ""
    ) -> String {
        guard case .ec(_, let x, let y) = World.pair(letter).publicKey.material else { return "{}" }
        let chain = certificate.map { ",\"x5c\":[\"\(Base64.encode($0))\"]" } ?? ""
        return """
            {"kty":"EC","crv":"P-256","x":"\(Base64URL.encode(x))","y":"\(Base64URL.encode(y))",\
            "kid":"\(kid ?? String(letter))","use":"\(use)"\(chain)\(extra)}
            """
    }

    /// A letter's key with its private number published.
    static func leaked(_ letter: Character) -> String { key(letter, extra: ",\"d\":\"AAAA\"") }

    /// Text as bytes.
    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }
}
