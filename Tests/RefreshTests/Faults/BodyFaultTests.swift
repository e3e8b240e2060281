import Encoding
import KeyCache
import Testing

@testable import Refresh

/// Faults F30 to F39: the body.
@Suite("Faults of the body")
struct BodyFaultTests {
    private static let good = FaultBench.good
    private static func invalid(_ name: String, _ code: String, _ body: String) -> FaultRow {
        FaultRow(name, .invalid, code, .ok(body))
    }

    /// The good set with one more entry, first or last.
    static func with(_ entry: String, isLast: Bool = false) -> String {
        isLast ? String(good.dropLast(2)) + ",\(entry)]}" : "{\"keys\":[\(entry),\(good.dropFirst(9))"
    }

    @Test("F30 a login page")
    func f30() throws {
        let page = "<!DOCTYPE html><title>Please log in</title>"
        try FaultRow("login page", .invalid, "jwks.json", .ok(page, ["Content-Type: text/html"])).strike()
    }

    @Test(
        "F31 cut off",
        arguments: [1, 9, 100].map { invalid("\($0) bytes short", "jwks.json", String(good.dropLast($0))) }
            + [invalid("nothing", "jwks.json", "")]
    )
    func f31(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F32 codings",
        arguments: [
            FaultRow("a gzip bomb", .ok(Gzip.zeros(count: 64 << 20), ["Content-Encoding: gzip"]), "too_large"),
            FaultRow("said to be gzip", .ok(good, ["Content-Encoding: gzip"]), "content_encoding"),
            FaultRow("br", .ok(good, ["Content-Encoding: br"]), "content_encoding"),
            FaultRow("zstd", .ok(good, ["Content-Encoding: zstd"]), "content_encoding"),
            FaultRow("gzip twice", .ok(good, ["Content-Encoding: gzip, gzip"]), "content_encoding"),
            FaultRow("gzip that says nothing", .invalid, "jwks.not_utf8", .ok(Gzip.zeros(count: 0))),
        ]
    )
    func f32(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F33 without end",
        arguments: [
            FaultRow(
                "100 MB of spaces, announced",
                .endless([UInt8](repeating: 0x20, count: 1 << 16), times: 1600, ["Content-Length: 104857600"]),
                "too_large"
            ),
            FaultRow(
                "64 MB not announced",
                .endless([UInt8](repeating: 0x20, count: 1 << 16), times: 1024),
                "too_large"
            ),
            FaultRow(
                "one byte over",
                .ok(good + String(repeating: " ", count: (1 << 20) + 1 - good.utf8.count)),
                "too_large"
            ),
            FaultRow(
                "at the limit",
                .updated,
                nil,
                .ok(good + String(repeating: " ", count: (1 << 20) - good.utf8.count))
            ),
        ]
    )
    func f33(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F34 types, marks and encodings (C21)",
        arguments: [
            FaultRow("text/html", .unchanged, nil, .ok(good, ["Content-Type: text/html"])),
            FaultRow("another charset", .unchanged, nil, .ok(good, ["Content-Type: application/json; charset=utf-16"])),
            FaultRow("no type", .unchanged, nil, .ok(good)),
            FaultRow("a byte order mark", .updated, nil, .ok([0xEF, 0xBB, 0xBF] + Array(good.utf8))),
            FaultRow("spaces before it", .updated, nil, .ok(" \r\n\t" + good)),
            FaultRow("UTF-16", .invalid, "jwks.not_utf8", .ok([0xFF, 0xFE] + good.utf8.flatMap { [$0, 0] })),
            FaultRow("UTF-16 without a mark", .invalid, "jwks.not_utf8", .ok(good.utf8.flatMap { [$0, 0] })),
            FaultRow("a byte that is not UTF-8", .invalid, "jwks.json", .ok(Array(good.utf8) + [0xFF])),
            FaultRow("NUL after it", .invalid, "jwks.json", .ok(good + "\0")),
            FaultRow("NUL in it", .invalid, "jwks.json", .ok("{\"a\":\"\0\"," + good.dropFirst())),
            FaultRow("a lone surrogate", .invalid, "jwks.json", .ok("{\"a\":\"\\ud800\"," + good.dropFirst())),
        ]
    )
    func f34(_ row: FaultRow) throws { try row.strike() }

    @Test("F35 a hundred thousand levels")
    func f35() throws {
        try Self.invalid("nesting", "jwks.json", String(repeating: "[", count: 100_000)).strike()
    }

    @Test(
        "F36 members twice",
        arguments: [
            invalid("keys", "jwks.json", "{\"keys\":[]," + good.dropFirst()),
            invalid("another member", "jwks.json", "{\"a\":1,\"a\":2," + good.dropFirst()),
            invalid("in a key", "jwks.json", with("{\"kty\":\"EC\",\"kty\":\"oct\"}")),
        ]
    )
    func f36(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F37 other JSON",
        arguments: [
            invalid("{}", "jwks.no_keys", "{}"), invalid("[]", "jwks.not_object", "[]"),
            invalid("null", "jwks.not_object", "null"), invalid("a string", "jwks.not_object", "\"hello\""),
            invalid("a number", "jwks.not_object", "7"), invalid("keys null", "jwks.no_keys", "{\"keys\":null}"),
            invalid("keys an object", "jwks.no_keys", "{\"keys\":{}}"),
        ]
    )
    func f37(_ row: FaultRow) throws { try row.strike() }

    @Test("F38 no keys")
    func f38() throws { try FaultRow("empty", .held, "held.empty", .ok("{\"keys\":[]}")).strike() }

    private static func rsa(bits: Int, e: String, zeros: Int = 0) -> String {
        var n = (0..<(bits / 8)).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        n[0] |= 0x80
        n[n.count - 1] |= 1
        let encoded = Base64URL.encode([UInt8](repeating: 0, count: zeros) + n)
        return "{\"kty\":\"RSA\",\"kid\":\"Q\",\"n\":\"\(encoded)\",\"e\":\"\(e)\"}"
    }

    @Test(
        "F39 too many keys, and keys that are none",
        arguments: [
            FaultRow(
                "100,000 keys",
                .ok(TestKeys.set(Array(repeating: "{\"kty\":\"x\"}", count: 100_000))),
                "too_large"
            ),
            invalid("1,000 keys", "jwks.too_many_keys", TestKeys.set(Array(repeating: "{\"kty\":\"x\"}", count: 1000))),
            FaultRow("16,384 bits", .updated, nil, .ok(with(rsa(bits: 16_384, e: "AQAB")))),
            FaultRow("1,024 bits", .updated, nil, .ok(with(rsa(bits: 1024, e: "AQAB")))),
            FaultRow("e = 1", .updated, nil, .ok(with(rsa(bits: 2048, e: "AQ")))),
            FaultRow("e = 3", .updated, nil, .ok(with(rsa(bits: 2048, e: "Aw")))),
            FaultRow("e even", .updated, nil, .ok(with(rsa(bits: 2048, e: "BA")))),
            FaultRow("n with a leading zero", .updated, nil, .ok(with(rsa(bits: 2048, e: "AQAB", zeros: 1)))),
            FaultRow(
                "a point off the curve",
                .updated,
                nil,
                .ok(
                    with(
                        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"A\",\"x\":\""
                            + Base64URL.encode([UInt8](repeating: 1, count: 32)) + "\",\"y\":\""
                            + Base64URL.encode([UInt8](repeating: 2, count: 32)) + "\"}"
                    )
                )
            ),
        ]
    )
    func f39(_ row: FaultRow) throws { try row.strike() }
}
