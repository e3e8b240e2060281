import Crypto
import Encoding
import JOSE
import Scores
import Testing

@Suite("RFC 7515, 7517, 7520, 7638")
struct RFCVectorTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let name: String
        /// The refusal's code, or nil where the token verifies.
        let refusal: String?

        init(_ name: String, _ reason: String, _ refusal: String? = nil) {
            (testDescription, self.name, self.refusal) = ("\(name): \(reason)", name, refusal)
        }
    }

    static let isPresent = Vectors.exists("rfc-jose/rfc7515_A.2.jwsc")

    static let rows = [
        Row("rfc7515_A.1", "HS256 does not exist here", "jws.algorithm"),
        Row("rfc7515_A.2", "RS256"),
        Row("rfc7515_A.3", "ES256"),
        Row("rfc7515_A.4", "ES512"),
        Row("rfc7520_4.1", "RS256"),
        Row("rfc7520_4.2", "PS384"),
        Row("rfc7520_4.3", "ES512"),
        Row("rfc7520_4.4", "HS256 does not exist here", "jws.algorithm"),
    ]

    @Test(
        "examples of compact JWS",
        .enabled(if: isPresent, "skipped: no vectors, see COUNTERFOIL_VECTORS"),
        arguments: rows
    )
    func examples(_ row: Row) throws {
        #expect(try Self.refusal(row.name) == row.refusal)
    }

    @Test("all get their verdicts", .enabled(if: isPresent, "skipped: no vectors, see COUNTERFOIL_VECTORS"))
    func score() throws {
        let verdicts = try Self.rows.map { (row: $0, refusal: try Self.refusal($0.name)) }
        let missed = verdicts.filter { $0.refusal != $0.row.refusal }
        Score(
            "rfc-jose",
            passed: verdicts.count - missed.count,
            of: verdicts.count,
            falseAccepts: missed.filter { $0.refusal == nil }.map(\.row.name),
            falseRejects: missed.filter { $0.refusal != nil }.map(\.row.name),
            note: "compact JWS of RFC 7515 and 7520; those with HMAC are refused"
        ).record()
    }

    private static func refusal(_ name: String) throws -> String? {
        let text = try Vectors.text("rfc-jose/\(name).jwsc")
        let keys = try Keys.set(Keys.body(try publicPart(of: "rfc-jose/\(name).jwk")))
        do {
            _ = try JWS.verify(
                ByteSlice(text),
                keys: keys,
                allowed: Set(SignatureAlgorithm.allCases),
                kidless: .single
            )
            return nil
        } catch {
            return error.code
        }
    }

    @Test("an unsecured JWS is no JWS here", .enabled(if: isPresent, "skipped: no vectors, see COUNTERFOIL_VECTORS"))
    func unsecured() throws {
        let text = try Vectors.text("rfc-jose/rfc7515_A.5.jwsc")
        #expect(throws: JWSFault.empty(.signature)) { try CompactJWS.decode(ByteSlice(text)) }
    }

    @Test("the sets of RFC 7517", .enabled(if: isPresent, "skipped: no vectors, see COUNTERFOIL_VECTORS"))
    func sets() throws {
        let published = try JWKSet.decode(Vectors.bytes("rfc-jose/rfc7517_A.1.jwkset"))
        #expect(published.keys.map(\.use) == [.enc, .none])
        let leaked = try JWKSet.decode(Vectors.bytes("rfc-jose/rfc7517_A.2.jwkset"))
        #expect(leaked.keys.isEmpty)
        #expect(leaked.skipped.map(\.code) == [.privateMembers, .privateMembers])
        let symmetric = try JWKSet.decode(Vectors.bytes("rfc-jose/rfc7517_A.3.jwkset"))
        #expect(symmetric.skipped.map(\.code) == [.symmetric, .symmetric])
    }

    @Test("x5c of RFC 7517 B holds the key", .enabled(if: isPresent, "skipped: no vectors, see COUNTERFOIL_VECTORS"))
    func certificate() throws {
        let set = try JWKSet.decode(Array(Keys.body(try Vectors.text("rfc-jose/rfc7517_B.jwk")).utf8))
        #expect(set.skipped.isEmpty)
        #expect(set.keys.first?.certificate != nil)
    }

    @Test("thumbprint of RFC 7638", .enabled(if: isPresent, "skipped: no vectors, see COUNTERFOIL_VECTORS"))
    func thumbprint() throws {
        let set = try JWKSet.decode(Array(Keys.body(try Vectors.text("rfc-jose/rfc7638_3.1.jwk")).utf8))
        let key = try #require(set.keys.first)
        #expect(Base64URL.encode(key.thumbprint.bytes) == (try Vectors.text("rfc-jose/rfc7638_3.1.thp")))
    }

    /// The RFCs print private keys; a set drops those, so only what is public is taken.
    private static func publicPart(of path: String) throws -> String {
        // Some examples are links to the file of another section, kept as the target's name.
        let text = try Vectors.text(path)
        if text.hasSuffix(".jwk") { return try publicPart(of: "rfc-jose/\(text)") }
        let root = try Vectors.json(path).root
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        for member in root.members where !["d", "p", "q", "dp", "dq", "qi"].contains(member.name.string) {
            json.name(member.name)
            json.value(member.value)
        }
        json.endObject()
        return buffer.all.string
    }
}
