import Crypto
import Encoding
import JOSE
import Testing

@Suite("Key set")
struct KeySetTests {
    @Test(
        "is fresh, then stale, then unusable",
        arguments: [
            (0, KeySet.Freshness.fresh), (1_999, .fresh), (2_000, .stale), (2_999, .stale), (3_000, .unusable),
        ] as [(UnixTime, KeySet.Freshness)]
    )
    func freshness(_ time: UnixTime, _ state: KeySet.Freshness) throws {
        #expect(try Keys.set(Keys.body()).state(at: time) == state)
    }

    static let kids = [
        "GqhKVTANnLMYpGGfAtJ1Nhdkgjw", "GqhKVTANnLMYpGGfAtJ1Nhdkgjw=", "../../dev/null", "' OR 1=1--", "a b", "Ä",
        String(repeating: "k", count: 255), "nul\\u0000nul",
    ]

    @Test("a kid is found byte for byte, whatever its bytes", arguments: kids)
    func opaque(_ kid: String) throws {
        let set = try Keys.set(Keys.body(Keys.jwk(Keys.b, kid: "other"), Keys.jwk(Keys.a, kid: kid)))
        let bytes = Array(kid.replacing("\\u0000", with: "\0").utf8)
        #expect(set.contains(kid: ByteSlice(bytes)))
        let found = set.candidates(kid: ByteSlice(bytes))
        #expect(found.count == 1)
        #expect(found.first?.key.spkiSHA256 == Keys.a.publicKey.spkiSHA256)
        for wrong in [bytes.dropLast(), bytes + [0x3d], bytes + [0], []] {
            #expect(!set.contains(kid: ByteSlice(Array(wrong))))
            #expect(set.candidates(kid: ByteSlice(Array(wrong))).isEmpty)
        }
    }

    @Test("one kid for several keys: all are tried, four at most, and the right one verifies")
    func duplicates() throws {
        let keys = [Keys.b, Keys.c, Keys.d, Keys.a, Keys.e]
        let jwks = keys.map { Keys.jwk($0, kid: "A") }
        let set = try Keys.set("{\"keys\":[\(jwks.joined(separator: ","))]}")
        #expect(set.candidates(kid: ByteSlice("A")).map(\.index) == [0, 1, 2, 3])
        let header = #"{"alg":"ES256","kid":"A"}"#
        #expect(try JWS.verify(ByteSlice(Token.make(header)), keys: set).key.index == 3)
        #expect(throws: JWSRefusal.signature) {
            try JWS.verify(ByteSlice(Token.make(header, key: Keys.e)), keys: set)
        }
    }

    @Test("kids apart in the body stand together in the set, and keep their standing")
    func grouping() throws {
        let body = Keys.body(Keys.jwk(Keys.a, kid: "A"), Keys.jwk(Keys.b, kid: "B"), Keys.jwk(Keys.c, kid: "A"))
        let keys = try JWKSet.decode(Array(body.utf8)).keys
        let retired = KeyStanding.retired(lastSeen: 100, graceUntil: 200)
        let set = KeySet(
            url: "https://keystore.example/x.jwks",
            class: .directory,
            fetchedAt: 0,
            freshUntil: 1,
            usableUntil: 2,
            keys: keys,
            standings: [.active, .held, retired]
        )
        let found = set.candidates(kid: ByteSlice("A"))
        #expect(found.map(\.index) == [0, 2])
        #expect(found.indices.map { found.standing(at: $0) } == [.active, retired])
    }

    @Test("no set knows another set's kid")
    func apart() throws {
        let one = try Keys.set(Keys.body(Keys.jwk(Keys.a, kid: "same")))
        let other = try Keys.set(Keys.body(Keys.jwk(Keys.b, kid: "same")))
        let header = #"{"alg":"ES256","kid":"same"}"#
        #expect(throws: JWSRefusal.signature) { try JWS.verify(ByteSlice(Token.make(header)), keys: other) }
        #expect(throws: JWSRefusal.signature) {
            try JWS.verify(ByteSlice(Token.make(header, key: Keys.b)), keys: one)
        }
    }

    @Test("certificates are found by fingerprint and use, keys by identity")
    func membership() throws {
        let certificate = try Keys.certificate(Keys.a)
        let fingerprint = SHA256Digest.of(certificate)
        let x5c = "\"x5c\":[\"\(Base64.encode(certificate))\"]"
        let set = try Keys.set(Keys.body(Keys.jwk(Keys.a, kid: "t", use: "tls", more: x5c), Keys.jwk(Keys.b, kid: "s")))
        #expect(set.contains(certificate: fingerprint))
        #expect(set.contains(certificate: fingerprint, use: .tls))
        #expect(!set.contains(certificate: fingerprint, use: .sig))
        #expect(!set.contains(certificate: SHA256Digest.of("x")))
        #expect(set.contains(spki: Keys.a.publicKey.spkiSHA256))
        #expect(!set.contains(spki: Keys.c.publicKey.spkiSHA256))
    }

    struct Standing: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let standing: KeyStanding
        let signedAt: UnixTime
        let now: UnixTime
        let admits: Bool

        init(_ reason: String, _ standing: KeyStanding, _ signedAt: UnixTime, _ now: UnixTime, _ admits: Bool) {
            (testDescription, self.standing, self.signedAt, self.now, self.admits) = (
                reason, standing, signedAt, now, admits
            )
        }
    }

    @Test(
        "a standing admits a signature",
        arguments: [
            Standing("active", .active, 500, 500, true),
            Standing("retired, signed before", .retired(lastSeen: 100, graceUntil: 200), 90, 150, true),
            Standing("retired, signed 60 s after", .retired(lastSeen: 100, graceUntil: 200), 160, 200, true),
            Standing("retired, signed 61 s after", .retired(lastSeen: 100, graceUntil: 200), 161, 190, false),
            Standing("retired, grace over", .retired(lastSeen: 100, graceUntil: 200), 90, 201, false),
            Standing("retired, times at the ends", .retired(lastSeen: .max, graceUntil: .max), .min, .max, true),
            Standing("expired", .expired(at: 100), 50, 60, false),
            Standing("held", .held, 50, 60, false),
            Standing("revoked", .revoked(at: 100), 50, 60, false),
        ]
    )
    func standings(_ row: Standing) {
        #expect(row.standing.admits(signedAt: row.signedAt, now: row.now) == row.admits)
    }
}
