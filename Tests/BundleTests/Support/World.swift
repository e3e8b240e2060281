import Crypto
import Encoding
import JOSE
import PKIX

/// What both sides of the gap share: the directory's authority, and participants' keys by letter.
enum World {
    /// 2026-11-22T10:00:00Z.
    static let start: UnixTime = 1_795_341_600
    static let day: Int64 = 86_400

    static let directory = "https://keystore.example/keystore/openbanking.jwks"
    static let software = "https://keystore.example/org/soft.jwks"
    static let revoked = "https://keystore.example/org/revoked/soft.jwks"
    static let organisation = "https://keystore.example/org/org.jwks"

    private static let authorityKey = sure { try PrivateKey.generateEC(.p256) }

    static let anchors = sure {
        let template = CertificateTemplate.authority(
            NameTemplate([.country("GB"), .organization("OpenBanking"), .commonName("Test Root CA")]),
            authorityKey.publicKey,
            notBefore: start - 1000 * day,
            notAfter: start + 1000 * day
        )
        return try TrustAnchors.load([try template.issue(by: authorityKey)])
    }

    private static let pairs: [Character: PrivateKey] = Dictionary(
        uniqueKeysWithValues: "ABCDEFGH".map { ($0, sure { try PrivateKey.generateEC(.p256) }) }
    )

    /// A set of the keys of some letters, each under its letter as kid.
    static func keys(_ letters: String) -> [UInt8] {
        let entries = letters.map { letter -> String in
            guard case .ec(_, let x, let y)? = pairs[letter]?.publicKey.material else { return "{}" }
            return """
                {"kty":"EC","crv":"P-256","x":"\(Base64URL.encode(x))","y":"\(Base64URL.encode(y))",\
                "kid":"\(letter)","use":"sig"}
                """
        }
        return Array("{\"keys\":[\(entries.joined(separator: ","))]}".utf8)
    }

    /// The same with text of its own, about as long as a set of the directory with its certificates.
    static func padded(_ letters: String, by number: Int) -> [UInt8] {
        let padding = String(repeating: "x", count: 5000)
        return Array(keys(letters).dropLast()) + Array(",\"n\":\(number),\"padding\":\"\(padding)\"}".utf8)
    }

    static func spki(_ letter: Character) -> SHA256Digest {
        sure { pairs[letter]?.publicKey.spkiSHA256 ?? SHA256Digest.of("") }
    }

    /// The value, or the end of the test run: fixtures have to work.
    static func sure<R>(_ make: () throws -> R) -> R {
        do { return try make() } catch { preconditionFailure("a fixture cannot be made: \(error)") }
    }
}
