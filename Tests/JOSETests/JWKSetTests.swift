import Crypto
import Encoding
import JOSE
import Testing

/// The faults real key sets had (`Tests` of the cache's reference), each with what is left of the set.
@Suite("JWK Set")
struct JWKSetTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: @Sendable () throws -> [UInt8]
        var fault: String?
        /// The kids that load, in order; `-` for none.
        var kids: [String] = []
        var skipped: [SkippedKey.Code] = []
        var notices: [KeyNotice.Code] = []

        init(_ reason: String, fault: String, _ body: @escaping @Sendable () throws -> [UInt8]) {
            (testDescription, self.body, self.fault) = (reason, body, fault)
        }

        init(
            _ reason: String,
            _ kids: [String],
            skipped: [SkippedKey.Code] = [],
            notices: [KeyNotice.Code] = [],
            _ jwks: @escaping @Sendable () throws -> [String]
        ) {
            testDescription = reason
            body = { Array("{\"keys\":[\(try jwks().joined(separator: ","))]}".utf8) }
            (self.kids, self.skipped, self.notices) = (kids, skipped, notices)
        }

        init(_ reason: String, _ kids: [String], body: @escaping @Sendable () throws -> [UInt8]) {
            (testDescription, self.body, self.kids) = (reason, body, kids)
        }
    }

    static let a = Keys.jwk(Keys.a, kid: "A")
    static let b = Keys.jwk(Keys.b, kid: "B")
    static let good = Keys.body(a, b)

    static func pem(_ key: PrivateKey, suffix: String = "") throws -> String {
        "\"x5c\":[\"\(Base64.encode(try Keys.certificate(key)))\(suffix)\"]"
    }

    /// Faults of the body as a whole.
    static let bodies: [Row] = [
        Row("200 with HTML", fault: "jwks.json") { Array("<html><body>maintenance</body></html>".utf8) },
        Row("no content", fault: "jwks.json") { [] },
        Row("truncated", fault: "jwks.json") { Array(good.utf8.dropLast(20)) },
        Row("text behind", fault: "jwks.json") { Array("\(good) x".utf8) },
        Row("top-level array", fault: "jwks.not_object") { Array("[\(a)]".utf8) },
        Row("top-level text", fault: "jwks.not_object") { Array("\"keys\"".utf8) },
        Row("empty object", fault: "jwks.no_keys") { Array("{}".utf8) },
        Row("keys null", fault: "jwks.no_keys") { Array(#"{"keys":null}"#.utf8) },
        Row("keys an object", fault: "jwks.no_keys") { Array("{\"keys\":\(a)}".utf8) },
        Row("one JWK, no set", fault: "jwks.no_keys") { Array(a.utf8) },
        Row("member keys twice", fault: "jwks.json") { Array("{\"keys\":[\(a)],\"keys\":[]}".utf8) },
        Row("kid twice in one key", fault: "jwks.json") { Array("{\"keys\":[{\"kid\":\"B\",\(a.dropFirst())]}".utf8) },
        Row("UTF-16, big end first", fault: "jwks.not_utf8") { [0xfe, 0xff] + good.utf8.flatMap { [0, $0] } },
        Row("UTF-16, little end first", fault: "jwks.not_utf8") { [0xff, 0xfe] + good.utf8.flatMap { [$0, 0] } },
        Row("UTF-16 without a mark", fault: "jwks.not_utf8") { good.utf8.flatMap { [$0, 0] } },
        Row("broken UTF-8", fault: "jwks.json") { Array(#"{"x":""#.utf8) + [0xff] + Array(#"","keys":[]}"#.utf8) },
        Row("unsolicited gzip", fault: "jwks.not_utf8") { [0x1f, 0x8b, 0x08, 0x00, 0, 0, 0, 0, 0, 3] },
        Row("257 keys", fault: "jwks.too_many_keys") {
            Array("{\"keys\":[\([String](repeating: "{}", count: 257).joined(separator: ","))]}".utf8)
        },
        Row("1 MiB and a byte", fault: "jwks.too_large") {
            Array(good.utf8) + [UInt8](repeating: 0x20, count: 1_048_577 - good.utf8.count)
        },
        Row(
            "1 MiB",
            ["A", "B"],
            body: { Array(good.utf8) + [UInt8](repeating: 0x20, count: 1_048_576 - good.utf8.count) }
        ),
        Row("byte order mark", ["A", "B"], body: { [0xef, 0xbb, 0xbf] + Array(good.utf8) }),
        Row("white space before", ["A", "B"], body: { Array(" \r\n\t\(good)\n".utf8) }),
        Row("no key at all", [], body: { Array(#"{"keys":[]}"#.utf8) }),
        Row("other members beside keys", ["A"], body: { Array(#"{"iss":"x","keys":[\#(a)],"n":1.5}"#.utf8) }),
    ]

    /// Faults of single entries: the others always load.
    static let entries: [Row] = [
        Row("two good keys", ["A", "B"]) { [a, b] },
        Row("kty AKP (ML-DSA)", ["A"], skipped: [.unknownType]) {
            [#"{"kty":"AKP","alg":"ML-DSA-44","pub":"AA","kid":"q"}"#, a]
        },
        Row("Ed448", ["A"], skipped: [.unknownType]) { [#"{"kty":"OKP","crv":"Ed448","x":"AA"}"#, a] },
        Row("curve P-999", ["A"], skipped: [.unknownCurve]) { [#"{"kty":"EC","crv":"P-999","x":"AA","y":"AA"}"#, a] },
        Row("curve secp256k1", ["A"], skipped: [.unknownCurve]) {
            [#"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#, a]
        },
        Row("RSA without n", ["A"], skipped: [.member]) { [#"{"kty":"RSA","e":"AQAB","kid":"r"}"#, a] },
        Row("RSA with n a number", ["A"], skipped: [.member]) { [#"{"kty":"RSA","e":"AQAB","n":17}"#, a] },
        Row("EC without y", ["A"], skipped: [.member]) { [#"{"kty":"EC","crv":"P-256","x":"AA"}"#, a] },
        Row("no kty", ["A"], skipped: [.member]) { [#"{"kid":"x","n":"AA","e":"AQAB"}"#, a] },
        Row("a text in the array", ["A"], skipped: [.notObject]) { ["\"key\"", a] },
        Row("null in the array", ["A"], skipped: [.notObject]) { ["null", a] },
        Row("integer kid", ["A"], skipped: [.keyID]) { [Keys.jwk(Keys.b, more: "\"kid\":7"), a] },
        Row("empty kid", ["A"], skipped: [.keyID]) { [Keys.jwk(Keys.b, kid: ""), a] },
        Row("kid of 255 bytes", [String(repeating: "k", count: 255)]) {
            [Keys.jwk(Keys.b, kid: String(repeating: "k", count: 255))]
        },
        Row("kid of 256 bytes", ["A"], skipped: [.keyID]) {
            [Keys.jwk(Keys.b, kid: String(repeating: "k", count: 256)), a]
        },
        Row("kid of 64 KiB", ["A"], skipped: [.keyID]) {
            [Keys.jwk(Keys.b, kid: String(repeating: "k", count: 65_536)), a]
        },
        Row("no kid", ["-", "A"]) { [Keys.jwk(Keys.b), a] },
        Row("no use", ["A"]) { [Keys.jwk(Keys.a, kid: "A", use: nil)] },
        Row("use a number", ["A"], skipped: [.member]) { [Keys.jwk(Keys.b, use: nil, more: "\"use\":1"), a] },
        Row("alg an array", ["A"], skipped: [.member]) { [Keys.jwk(Keys.b, more: "\"alg\":[]"), a] },
        Row("key_ops a text", ["A"], skipped: [.member]) { [Keys.jwk(Keys.b, more: "\"key_ops\":\"verify\""), a] },
        Row("x with a foreign character", ["A"], skipped: [.encoding]) {
            [#"{"kty":"EC","crv":"P-256","x":"A?","y":"AA"}"#, a]
        },
        Row("n padded", ["A"], skipped: [.encoding]) { [#"{"kty":"RSA","n":"AA==","e":"AQAB"}"#, a] },
        Row("coordinate of one byte", ["A"], skipped: [.unfit]) {
            [#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, a]
        },
        Row("point off its curve", ["A"], skipped: [.unfit]) { [offCurve, a] },
        Row("RSA of 1024 bits", ["A"], skipped: [.unfit]) { [Keys.jwk(Keys.weak, kid: "w"), a] },
        Row("n with a zero byte before", ["R"], notices: [.leadingZero]) { [leadingZero] },
        Row("oct with kid A first", ["A"], skipped: [.symmetric], notices: [.secretPublished]) {
            [#"{"kty":"oct","k":"c2VjcmV0","kid":"A"}"#, a]
        },
        Row("private d", ["A"], skipped: [.privateMembers], notices: [.secretPublished]) {
            [Keys.jwk(Keys.b, kid: "B", more: "\"d\":\"AA\""), a]
        },
        Row("private member of AKP", ["A"], skipped: [.privateMembers], notices: [.secretPublished]) {
            [#"{"kty":"AKP","priv":"AA"}"#, a]
        },
        Row("kid A twice, other material first", ["A", "A"], notices: [.duplicateKeyID]) {
            [Keys.jwk(Keys.b, kid: "A"), a]
        },
        Row("certificate of the key", ["A"]) { [Keys.jwk(Keys.a, kid: "A", more: try pem(Keys.a))] },
        Row("certificate of another key", ["A"], skipped: [.certificateMismatch]) {
            [Keys.jwk(Keys.b, kid: "B", more: try pem(Keys.c)), a]
        },
        Row("x5c ends in END CERTIFICATE", ["A"], notices: [.x5cUnreadable]) {
            [Keys.jwk(Keys.a, kid: "A", more: try pem(Keys.a, suffix: "-----END CERTIFICATE-----"))]
        },
        Row("x5c with line breaks", ["A"], notices: [.x5cWhiteSpace]) {
            [Keys.jwk(Keys.a, kid: "A", more: try pem(Keys.a, suffix: "\\r\\n"))]
        },
        Row("exp is a text", ["A"], notices: [.lifetimeUnreadable]) {
            [Keys.jwk(Keys.a, kid: "A", more: "\"exp\":\"tomorrow\"")]
        },
        Row("x5c in base64url", ["A"], notices: [.x5cUnreadable]) {
            [Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":[\"-_-_\"]")]
        },
        Row("x5c a text", ["A"], notices: [.x5cUnreadable]) { [Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":\"AAAA\"")] },
        Row("x5c empty", ["A"], notices: [.x5cUnreadable]) { [Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":[]")] },
        Row("x5c holds a number", ["A"], notices: [.x5cUnreadable]) {
            [Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":[1]")]
        },
        Row("x5c holds a bare public key", ["A"], notices: [.x5cUnreadable]) {
            [Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":[\"\(Base64.encode(Keys.a.publicKey.spki))\"]")]
        },
        Row("x5c of 9 KiB", ["A"], notices: [.x5cUnreadable]) {
            [Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":[\"\(Base64.encode([UInt8](repeating: 0x30, count: 9_216)))\"]")]
        },
        Row("x5c of five", ["A"]) { [Keys.jwk(Keys.a, kid: "A", more: try chain(5))] },
        Row("x5c of six", ["A"], notices: [.x5cTooLong]) { [Keys.jwk(Keys.a, kid: "A", more: try chain(6))] },
        Row("x5t and x5t#S256 padded", ["A"]) { [try digests("=", "=")] },
        Row("x5t and x5t#S256 unpadded", ["A"]) { [try digests("", "")] },
        Row("x5t wrong", ["A"], notices: [.x5tMismatch]) { [try digests("A", "")] },
        Row("x5t#S256 wrong", ["A"], notices: [.x5tMismatch]) { [try digests("", "A")] },
        Row("x5t without a certificate", ["A"]) { [Keys.jwk(Keys.a, kid: "A", more: "\"x5t\":\"AA\"")] },
    ]

    static let offCurve: String = {
        guard case .ec(_, let x, var y) = Keys.b.publicKey.material else { return "" }
        y[31] ^= 1
        return "{\(Keys.numbers(.ec(.p256, x: x, y: y)))}"
    }()

    static let leadingZero: String = {
        guard case .rsa(let n, let e) = Keys.rsa.publicKey.material else { return "" }
        return "{\(Keys.numbers(.rsa(modulus: [0] + n, exponent: e))),\"kid\":\"R\"}"
    }()

    static func chain(_ count: Int) throws -> String {
        let text = "\"\(Base64.encode(try Keys.certificate(Keys.a)))\""
        return "\"x5c\":[\([String](repeating: text, count: count).joined(separator: ","))]"
    }

    static func digests(_ sha1: String, _ sha256: String) throws -> String {
        let certificate = try Keys.certificate(Keys.a)
        let x5t = Base64URL.encode(Digest.sha1(certificate))
        let x5tS256 = Base64URL.encode(SHA256Digest.of(certificate).bytes)
        let members = "\"x5t\":\"\(x5t)\(sha1)\",\"x5t#S256\":\"\(x5tS256)\(sha256)\""
        return Keys.jwk(Keys.a, kid: "A", more: "\"x5c\":[\"\(Base64.encode(certificate))\"],\(members)")
    }

    @Test("is read as far as it goes", arguments: bodies + entries)
    func reads(_ row: Row) throws {
        let body = try row.body()
        do {
            let set = try JWKSet.decode(body)
            #expect(row.fault == nil)
            #expect(set.keys.map { $0.kid.map { String(decoding: $0, as: UTF8.self) } ?? "-" } == row.kids)
            #expect(set.skipped.map(\.code) == row.skipped)
            #expect(set.notices.map(\.code) == row.notices)
            #expect(set.keys.count + set.skipped.count == Set(set.keys.map(\.index) + set.skipped.map(\.index)).count)
        } catch {
            #expect(error.code == row.fault)
        }
    }

    @Test("every reason to skip and every notice has a row")
    func completeness() {
        #expect(Set(Self.entries.flatMap(\.skipped)) == Set(SkippedKey.Code.allCases))
        #expect(Set(Self.entries.flatMap(\.notices)) == Set(KeyNotice.Code.allCases))
    }

    @Test("a published secret is critical and never repeated in the text")
    func secrets() throws {
        let set = try JWKSet.decode(Array(Keys.body(#"{"kty":"oct","k":"c2VjcmV0","kid":"s"}"#).utf8))
        #expect(set.notices.map(\.severity) == [.critical])
        #expect(set.skipped.map(\.isCritical) == [true])
        #expect(!set.notices[0].text.contains("c2VjcmV0"))
    }

    @Test("a quarantined key keeps its identity")
    func quarantine() throws {
        let jwk = Keys.jwk(Keys.b, kid: "B", more: try Self.pem(Keys.c))
        let skipped = try #require(JWKSet.decode(Array(Keys.body(jwk).utf8)).skipped.first)
        #expect(skipped.keyID == Array("B".utf8))
        #expect(skipped.spki == Keys.b.publicKey.spkiSHA256)
        #expect(skipped.index == 0)
    }

    @Test("a key with an unreadable certificate has none")
    func unreadable() throws {
        let jwk = Keys.jwk(Keys.a, kid: "A", more: try Self.pem(Keys.a, suffix: "-----END CERTIFICATE-----"))
        let key = try #require(JWKSet.decode(Array(Keys.body(jwk).utf8)).keys.first)
        #expect(key.certificate == nil)
        #expect(key.certificateFingerprint == nil)
        #expect(key.refusal(for: .ES256) == nil)
    }

    @Test("hostile names are made printable")
    func printable() throws {
        let jwk = "{\"kty\":\"A\\u001b[31m\\u202e\",\"kid\":\"x\"}"
        let text = try #require(JWKSet.decode(Array(Keys.body(jwk).utf8)).skipped.first?.text)
        #expect(!text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202e })
    }
}
