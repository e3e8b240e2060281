import Crypto
import Encoding
import JOSE
import Testing

@Suite("Wycheproof json_web_signature")
struct WycheproofJWSTests {
    static let path = "wycheproof/json_web_signature_test.json"

    /// 367 and 370 are byte for byte the valid 357; 372 and 373 hold a `?` yet are called valid; the others name a JWK
    /// `alg` that is not the header's.
    static let contested: Set<Int64> = [346, 347, 350, 351, 367, 370, 372, 373]

    /// Algorithms that do not exist here: what they sign is refused, well signed or not.
    static let absent = ["HS256", "HS384", "HS512", "RS384", "RS512"]

    @Test(
        "every uncontested vector is judged as it says",
        .enabled(if: Vectors.exists(path), "skipped: no vectors, see COUNTERFOIL_VECTORS")
    )
    func judges() throws {
        let document = try Vectors.json(Self.path)
        let groups = try #require(document.root["testGroups"])
        var judged = 0
        var accepted = 0
        for group in groups.elements {
            let jwk = try #require(group["public"] ?? group["private"])
            let algorithm = jwk["alg"]?.text?.string ?? "HS256"
            let keys = try Self.keySet(jwk)
            for test in try #require(group["tests"]).elements {
                let id = try #require(test["tcId"]?.integer)
                if Self.contested.contains(id) { continue }
                let isValid = test["result"]?.text?.string == "valid" && !Self.absent.contains(algorithm)
                let text = try #require(test["jws"]?.text)
                let isAccepted = Self.accepts(text, keys)
                #expect(isAccepted == isValid, "tcId \(id): \(test["comment"]?.text?.string ?? "")")
                judged += 1
                accepted += isAccepted ? 1 : 0
            }
        }
        #expect(judged == 393)
        #expect(accepted == 24)
    }

    private static func keySet(_ jwk: JSONValue) throws -> KeySet {
        let buffer = ByteBuffer()
        var json = JSONWriter(buffer)
        json.beginObject()
        json.name("keys")
        json.beginArray()
        json.value(jwk)
        json.endArray()
        json.endObject()
        return try Keys.set(buffer.all.string)
    }

    private static func accepts(_ text: ByteSlice, _ keys: KeySet) -> Bool {
        var limits = JWSLimits.standard
        limits.allowsEmptyPayload = true
        do {
            _ = try JWS.verify(
                text,
                keys: keys,
                allowed: Set(SignatureAlgorithm.allCases),
                kidless: .single,
                limits: limits
            )
            return true
        } catch {
            return false
        }
    }
}
