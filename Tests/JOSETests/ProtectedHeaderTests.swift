import Crypto
import Encoding
import JOSE
import Testing

@Suite("Protected header")
struct ProtectedHeaderTests {
    /// What a header says, in values that can be compared.
    struct Reading: Equatable, Sendable {
        var algorithm: SignatureAlgorithm?
        var kid: String?
        var present: HeaderMembers = []
        var misshapen: HeaderMembers = []
        var embedded: String?
        var isUnencoded = false
        var isEncrypted = false
        var hasCritical = false
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let json: String
        let reading: Reading

        init(_ reason: String, _ json: String, _ reading: Reading) {
            (testDescription, self.json, self.reading) = (reason, json, reading)
        }
    }

    @Test(
        "is read",
        arguments: [
            Row("nothing", "{}", Reading()),
            Row(
                "alg and kid",
                #"{"alg":"PS256","kid":"k="}"#,
                Reading(algorithm: .PS256, kid: "k=", present: [.algorithm, .keyID])
            ),
            Row("alg none", #"{"alg":"none"}"#, Reading(present: .algorithm)),
            Row("alg in other case", #"{"alg":"ps256"}"#, Reading(present: .algorithm)),
            Row("alg HS256", #"{"alg":"HS256"}"#, Reading(present: .algorithm)),
            Row("alg an array", #"{"alg":["PS256"]}"#, Reading(present: .algorithm, misshapen: .algorithm)),
            Row("kid a number", #"{"kid":1}"#, Reading(present: .keyID, misshapen: .keyID)),
            Row("kid escaped", #"{"kid":"\u006b1"}"#, Reading(kid: "k1", present: .keyID)),
            Row("name escaped", #"{"k\u0069d":"k1"}"#, Reading(kid: "k1", present: .keyID)),
            Row("jwk", #"{"jwk":{}}"#, Reading(present: .key, embedded: "jwk")),
            Row("jku", #"{"jku":"https://evil.example/"}"#, Reading(present: .keySetURL, embedded: "jku")),
            Row("x5c", #"{"x5c":[]}"#, Reading(present: .certificateChain, embedded: "x5c")),
            Row("x5u", #"{"x5u":null}"#, Reading(present: .certificateURL, embedded: "x5u")),
            Row("x5t is no key", #"{"x5t":"AA"}"#, Reading(present: .certificateSHA1)),
            Row("x5t#S256 is no key", #"{"x5t#S256":"AA"}"#, Reading(present: .certificateSHA256)),
            Row("b64 true", #"{"b64":true}"#, Reading(present: .unencoded)),
            Row("b64 false", #"{"b64":false}"#, Reading(present: .unencoded, isUnencoded: true)),
            Row(
                "b64 the text true",
                #"{"b64":"true"}"#,
                Reading(present: .unencoded, misshapen: .unencoded, isUnencoded: true)
            ),
            Row("crit", #"{"crit":["exp"]}"#, Reading(present: .critical, hasCritical: true)),
            Row("crit empty", #"{"crit":[]}"#, Reading(present: .critical, misshapen: .critical, hasCritical: true)),
            Row(
                "crit a text",
                #"{"crit":"b64"}"#,
                Reading(present: .critical, misshapen: .critical, hasCritical: true)
            ),
            Row("enc", #"{"enc":"A256GCM"}"#, Reading(present: .encryption, isEncrypted: true)),
            Row("zip", #"{"zip":"DEF"}"#, Reading(present: .compression, isEncrypted: true)),
            Row("a member of payments", #"{"http://openbanking.org.uk/iat":1}"#, Reading(present: .other)),
        ]
    )
    func reads(_ row: Row) throws {
        let document = JSONDocument()
        try document.parse(ByteSlice(row.json))
        let header = try #require(ProtectedHeader.read(document.root))
        let reading = Reading(
            algorithm: header.signatureAlgorithm,
            kid: header.keyID?.string,
            present: header.present,
            misshapen: header.misshapen,
            embedded: header.embedded,
            isUnencoded: header.unencodedPayload,
            isEncrypted: header.isEncrypted,
            hasCritical: header.hasCritical
        )
        #expect(reading == row.reading)
        #expect(header.hasEmbeddedKey == (row.reading.embedded != nil))
    }

    @Test("typ and cty are given as sent")
    func types() throws {
        let document = JSONDocument()
        try document.parse(ByteSlice(#"{"typ":"jwt","cty":"JWT","x5t#S256":"AA="}"#))
        let header = try #require(ProtectedHeader.read(document.root))
        #expect(header.type?.string == "jwt")
        #expect(header.contentType?.string == "JWT")
        #expect(header.certificateSHA256?.string == "AA=")
    }

    @Test("only an object is a header", arguments: ["[]", "\"alg\"", "1", "null"])
    func objects(_ json: String) throws {
        let document = JSONDocument()
        try document.parse(ByteSlice(json))
        #expect(ProtectedHeader.read(document.root) == nil)
    }

    @Test("no algorithm is named but by its exact name")
    func names() {
        for algorithm in SignatureAlgorithm.allCases {
            #expect(SignatureAlgorithm.named(ByteSlice(algorithm.rawValue)) == algorithm)
            #expect(SignatureAlgorithm.named(ByteSlice(algorithm.rawValue.lowercased())) == nil)
        }
        for name in ["none", "NONE", "", "HS256", "HS384", "HS512", "RS1", "ES256K", "EdDSA", "PS256 "] {
            #expect(SignatureAlgorithm.named(ByteSlice(name)) == nil)
        }
    }
}
