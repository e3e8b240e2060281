import Crypto
import Encoding
import Fetch
import Testing

@testable import KeyCache
@testable import Refresh

/// Faults F40 to F43: what stands in a set beside the good key, or on it.
@Suite("Faults of a key")
struct KeyFaultTests {
    private static func beside(_ name: String, _ entry: String) -> FaultRow {
        FaultRow(name, .updated, nil, .ok(BodyFaultTests.with(entry)))
    }

    /// The good key with further members, each with a leading comma.
    private static func on(_ name: String, _ extra: String, file: String = "") -> FaultRow {
        FaultRow(
            name,
            .updated,
            nil,
            .ok(TestKeys.set([TestKeys.entry("A", FaultBench.signer, extra: extra), TestKeys.b]))
        )
    }

    private static func long(_ count: Int) -> String { String(repeating: "k", count: count) }

    @Test(
        "F40 keys nobody knows (C08)",
        arguments: [
            beside("AKP", #"{"kty":"AKP","alg":"ML-DSA-44","kid":"Q","pub":"AAAA"}"#),
            beside("Ed448", #"{"kty":"OKP","crv":"Ed448","kid":"Q","x":"AAAA"}"#),
            beside("P-999", #"{"kty":"EC","crv":"P-999","kid":"Q","x":"AA","y":"AA"}"#),
            beside("no n", #"{"kty":"RSA","kid":"Q","e":"AQAB"}"#), beside("no kty", #"{"kid":"A"}"#),
            beside("a string", #""key""#), beside("null", "null"), beside("a list", "[]"),
            beside("a number for a kid", #"{"kty":"RSA","kid":7}"#),
            beside("a kid of 1,000 bytes", TestKeys.key(long(1000))),
            FaultRow("a kid of 1 MB", .ok(BodyFaultTests.with(TestKeys.key(long(1 << 20)))), "too_large"),
            beside("a kid that is a path", TestKeys.key("../x")),
            beside("a kid with a line feed", TestKeys.key(#"a\n{\"level\":\"error\"}"#)),
            beside("an empty kid", TestKeys.key("")),
        ]
    )
    func f40(_ row: FaultRow) throws {
        let bench = try row.strike()
        let screen = RefreshScreen.text(try bench.fixture.networkPass().run(.all), verbose: true)
        #expect(!screen.contains("{\"level\""))
    }

    @Test(
        "F41 secrets in a set",
        arguments: [
            beside("oct under the same kid", #"{"kty":"oct","kid":"A","k":"c2VjcmV0"}"#),
            beside("a private member", TestKeys.entry("P", FaultBench.stranger, extra: #","d":"AAAA""#)),
            beside("an RSA key with its primes", #"{"kty":"RSA","kid":"P","n":"AQ","e":"AQAB","p":"Aw","q":"Aw"}"#),
        ]
    )
    func f41(_ row: FaultRow) throws {
        let bench = try row.strike()
        #expect(try bench.fixture.store.events(limit: 100).contains { $0.kind == "key.secret_published" })
    }

    @Test(
        "F42 kids twice, re-bound, absent",
        arguments: [
            beside("another key first under the same kid", TestKeys.key("A")),
            FaultRow(
                "another key last under the same kid",
                .updated,
                nil,
                .ok(BodyFaultTests.with(TestKeys.key("A"), isLast: true))
            ),
            FaultRow(
                "another key instead under the same kid",
                .updated,
                nil,
                .ok(TestKeys.set([TestKeys.key("A"), TestKeys.b]))
            ),
            beside("the same key twice", TestKeys.entry("A", FaultBench.signer)),
            beside("no kid", TestKeys.key("Q").replacing(#""kid":"Q","#, with: "")),
        ]
    )
    func f42(_ row: FaultRow) throws { try row.strike() }

    private static func x5c(_ values: [String]) -> String {
        ",\"x5c\":[\(values.map { "\"\($0)\"" }.joined(separator: ","))]"
    }

    /// A key with a certificate of its own that may be out of its time, beside the good one.
    private static func certified(_ name: String, notAfter: UnixTime = 2_082_758_400, _ chain: (String) -> [String])
        -> FaultRow
    {
        let issued = World.sure { try FaultBench.authority.issue(["software"], notAfter: notAfter) }
        let key = World.sure { try PrivateKey(pem: issued.key) }
        let der = World.sure { Base64.encode(try PEM.certificates(in: ByteSlice(issued.certificate))[0]) }
        return beside(name, TestKeys.entry("C", key, extra: x5c(chain(der))))
    }

    @Test(
        "F43 certificates beside a key (C13, C14)",
        arguments: [
            on(
                "an END CERTIFICATE line",
                x5c(["MIIFIzCCBAugAwIBAgIEWcWWrjANBgkqhkiG9w0BAQsFADBTMQswCQYD-----END CERTIFICATE-----"])
            ),
            on("line breaks", x5c([#"MIIF\r\nIzCC"#])), on("base64url", x5c(["MIIF_-__"])),
            on("no list", #","x5c":"MIIF""#),
            on("an empty list", x5c([])), on("numbers", #","x5c":[1,2]"#),
            on("an address", #","x5u":"https://localhost/evil","jku":"https://localhost/evil""#),
            certified("good") { [$0] }, certified("in the past", notAfter: 1_767_312_000) { [$0] },
            certified("fifty of them") { Array(repeating: $0, count: 50) },
            certified("the wrong order") { ["MIIF", $0] },
            certified("of another key") { _ in [FaultBench.otherCertificate] },
            certified("a key instead") { _ in [Base64.encode(FaultBench.signer.publicKey.spki)] },
            beside("a wrong x5t#S256", TestKeys.entry("C", FaultBench.stranger, extra: #","x5t#S256":"AAAA""#)),
        ]
    )
    func f43(_ row: FaultRow) throws {
        let bench = try FaultBench()
        bench.directory.answer("/evil", .ok(AnswerFaultTests.evil))
        try row.strike(bench)
        #expect(Set(bench.directory.paths) == [FaultBench.path])
    }
}
