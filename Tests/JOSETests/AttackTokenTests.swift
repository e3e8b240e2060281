import Crypto
import Encoding
import JOSE
import Scores
import Testing

/// Tokens whose signature is good and which must still be refused: classes no outside suite has.
@Suite("Attack tokens")
struct AttackTokenTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: String
        let make: @Sendable () throws -> String

        init(_ reason: String, _ code: String, _ make: @escaping @Sendable () throws -> String) {
            (testDescription, self.code, self.make) = (reason, code, make)
        }

        init(_ reason: String, header: String, _ code: String) {
            self.init(reason, code) { try Token.make(header) }
        }
    }

    static let good = #"{"alg":"ES256","kid":"a"}"#

    static let rows: [Row] = [
        Row("crit with an unknown name", header: #"{"alg":"ES256","kid":"a","crit":["x"],"x":1}"#, "jws.critical"),
        Row("crit with an absent member", header: #"{"alg":"ES256","kid":"a","crit":["exp"]}"#, "jws.critical"),
        Row("crit a text", header: #"{"alg":"ES256","kid":"a","crit":"exp"}"#, "jws.critical"),
        Row("crit empty", header: #"{"alg":"ES256","kid":"a","crit":[]}"#, "jws.critical"),
        Row("b64 false without crit", header: #"{"alg":"ES256","kid":"a","b64":false}"#, "jws.unencoded_payload"),
        Row("b64 false, raw payload", "jws.character") {
            let header = Base64URL.encode(Array(#"{"alg":"ES256","kid":"a","b64":false,"crit":["b64"]}"#.utf8))
            return try Token.sign("\(header).{\"iss\":\"software1\"}")
        },
        Row(
            "alg twice, none first",
            header: #"{"alg":"none","alg":"ES256","kid":"a"}"#,
            "jws.header.json_duplicate_member"
        ),
        Row(
            "alg twice, none last",
            header: #"{"alg":"ES256","alg":"none","kid":"a"}"#,
            "jws.header.json_duplicate_member"
        ),
        Row("kid twice", header: #"{"alg":"ES256","kid":"b","kid":"a"}"#, "jws.header.json_duplicate_member"),
        Row(
            "kid twice, one escaped",
            header: #"{"alg":"ES256","k\u0069d":"b","kid":"a"}"#,
            "jws.header.json_duplicate_member"
        ),
        Row("comma behind the last member", header: #"{"alg":"ES256","kid":"a",}"#, "jws.header.json_unexpected"),
        Row("byte order mark", header: "\u{feff}\(good)", "jws.header.json_byte_order_mark"),
        Row("broken UTF-8", "jws.header.json_utf8") {
            try Token.make(header: Array(#"{"alg":"ES256","kid":"a","x":""#.utf8) + [0xff] + Array(#""}"#.utf8))
        },
        Row("NaN", header: #"{"alg":"ES256","kid":"a","x":NaN}"#, "jws.header.json_unexpected"),
        Row("nesting of 600", "jws.header.json_depth_limit") {
            let nested = String(repeating: "[", count: 600) + String(repeating: "]", count: 600)
            return try Token.make(#"{"alg":"ES256","kid":"a","x":\#(nested)}"#)
        },
        Row("padded signature", "jws.padding") { try Token.make(good) + "==" },
        Row("signature in plain base64", "jws.character") {
            while true {
                let parts = try Token.make(good).split(separator: ".")
                let plain = parts[2].map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
                if Array(parts[2]) != plain { return "\(parts[0]).\(parts[1]).\(String(plain))" }
            }
        },
        Row("newline behind", "jws.character") { try Token.make(good) + "\n" },
        Row("space before", "jws.character") { try " " + Token.make(good) },
        Row("two segments", "jws.segments") {
            try Token.make(good).split(separator: ".").prefix(2).joined(separator: ".")
        },
        Row("four segments", "jws.segments") { try Token.make(good) + ".AAAA" },
        Row("five segments", "jws.segments") { try Token.make(good) + ".AAAA.AAAA" },
        Row("JSON serialization", "jws.json_serialization") {
            let parts = try Token.make(good).split(separator: ".")
            return #"{"payload":"\#(parts[1])","protected":"\#(parts[0])","signature":"\#(parts[2])"}"#
        },
        Row("byte order mark before the token", "jws.character") { try "\u{feff}" + Token.make(good) },
        Row("padded header", "jws.padding") {
            try Token.sign(
                "\(Base64URL.encode(Array(#"{"alg":"ES256","kid":"a"} "#.utf8)))=.\(Base64URL.encode(Token.payload))"
            )
        },
        Row("no kid", header: #"{"alg":"ES256"}"#, "jws.kid"),
        Row("another key's kid", header: #"{"alg":"ES256","kid":"b"}"#, "jws.signature"),
        Row("a kid of nobody", header: #"{"alg":"ES256","kid":"nobody"}"#, "jws.unknown_key"),
        Row("kid a number", header: #"{"alg":"ES256","kid":1}"#, "jws.kid"),
        Row("jku", header: #"{"alg":"ES256","kid":"a","jku":"https://evil.example/"}"#, "jws.embedded_key"),
        Row("x5c", header: #"{"alg":"ES256","kid":"a","x5c":["AAAA"]}"#, "jws.embedded_key"),
        Row("jwk of the signer", "jws.embedded_key") {
            try Token.make(#"{"alg":"ES256","kid":"a","jwk":\#(Keys.jwk(Keys.a))}"#)
        },
        Row("x5u", header: #"{"alg":"ES256","kid":"a","x5u":"https://evil.example/"}"#, "jws.embedded_key"),
        Row("nested JWT", header: #"{"alg":"ES256","kid":"a","cty":"jwt"}"#, "jws.nested"),
        Row("zip", header: #"{"alg":"ES256","kid":"a","zip":"DEF"}"#, "jws.nested"),
        Row("alg none, signed", header: #"{"alg":"none","kid":"a"}"#, "jws.algorithm"),
        Row("alg not allowed", header: #"{"alg":"ES384","kid":"a"}"#, "jws.algorithm"),
        Row("kid of an encryption key", "jws.unfit_key") {
            try Token.make(#"{"alg":"ES256","kid":"enc"}"#, key: Keys.c)
        },
        Row("kid of a transport key", "jws.unfit_key") { try Token.make(#"{"alg":"ES256","kid":"tls"}"#, key: Keys.c) },
        Row("an RSA algorithm for an EC key", header: #"{"alg":"PS256","kid":"a"}"#, "jws.unfit_key"),
        Row("signature of zeros", "jws.signature") {
            let parts = try Token.make(good).split(separator: ".")
            return "\(parts[0]).\(parts[1]).\(Base64URL.encode([UInt8](repeating: 0, count: 64)))"
        },
    ]

    static func keys() throws -> KeySet {
        try Keys.set(
            Keys.body(
                Keys.jwk(Keys.a, kid: "a"),
                Keys.jwk(Keys.b, kid: "b"),
                Keys.jwk(Keys.c, kid: "enc", use: "enc"),
                Keys.jwk(Keys.c, kid: "tls", use: "tls")
            )
        )
    }

    @Test("the token they all vary is accepted")
    func baseline() throws {
        let verified = try JWS.verify(ByteSlice(Token.make(Self.good)), keys: Self.keys())
        #expect(verified.payload == Token.payload)
        #expect(verified.key.kid == Array("a".utf8))
        #expect(verified.algorithm == .ES256)
        #expect(ProtectedHeader.read(verified.header.root)?.keyID?.string == "a")
    }

    @Test("is refused", arguments: rows)
    func refuses(_ row: Row) throws {
        let text = try row.make()
        let keys = try Self.keys()
        do {
            _ = try JWS.verify(ByteSlice(text), keys: keys)
            Issue.record("accepted")
        } catch {
            #expect(error.code == row.code)
        }
    }

    @Test("none of the table is accepted")
    func score() throws {
        let keys = try Self.keys()
        var accepted: [String] = []
        for row in Self.rows {
            let text = try row.make()
            if (try? JWS.verify(ByteSlice(text), keys: keys)) != nil { accepted.append(row.testDescription) }
        }
        #expect(accepted == [])
        let count = Self.rows.count
        Score("own attack tokens", passed: count - accepted.count, of: count, falseAccepts: accepted).record()
    }

    @Test("without a kid only the one key without a kid is tried, and only where that is allowed")
    func kidless() throws {
        let text = try Token.make(#"{"alg":"ES256"}"#)
        let single = try Keys.set(Keys.body(Keys.jwk(Keys.a), Keys.jwk(Keys.b, kid: "b")))
        let double = try Keys.set(Keys.body(Keys.jwk(Keys.a), Keys.jwk(Keys.b)))
        let named = try Keys.set(Keys.body(Keys.jwk(Keys.a, kid: "a")))
        #expect(try JWS.verify(ByteSlice(text), keys: single, kidless: .single).payload == Token.payload)
        #expect(throws: JWSRefusal.keyID) { try JWS.verify(ByteSlice(text), keys: single) }
        #expect(throws: JWSRefusal.keyID) { try JWS.verify(ByteSlice(text), keys: double, kidless: .single) }
        #expect(throws: JWSRefusal.unknownKey) { try JWS.verify(ByteSlice(text), keys: named, kidless: .single) }
    }
}
