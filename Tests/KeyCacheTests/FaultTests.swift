import Crypto
import Encoding
import JOSE
import Testing

@testable import KeyCache

/// The faults of a second response after a good {A, B}, in the order of the reference's table (`cache.md` §1.1).
@Suite("Faulty responses never cost the last good key")
struct FaultTests {
    /// What the second fetch brings.
    enum Response: Sendable {
        case body([UInt8])
        /// The fetcher refuses it and reports this code.
        case failure(String)
        case notModified
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let response: Response
        /// The last error afterwards; nil where the response counts as a success.
        var error: String?
        var testDescription: String { name }
    }

    static let good = Body.keys("AB")

    static let rows: [Row] = [
        Row(name: "500", response: .failure("http.500"), error: "http.500"),
        Row(name: "500 with a keys body", response: .failure("http.500"), error: "http.500"),
        Row(name: "200 HTML", response: .body(Body.text("<!DOCTYPE html><html>log in</html>")), error: "jwks.json"),
        Row(name: "truncated", response: .body(Array(good.dropLast(20))), error: "jwks.json"),
        Row(name: "top-level array", response: .body(Body.text("[\(Body.key("B"))]")), error: "jwks.not_object"),
        Row(name: "{}", response: .body(Body.text("{}")), error: "jwks.no_keys"),
        Row(name: "keys:null", response: .body(Body.text(#"{"keys":null}"#)), error: "jwks.no_keys"),
        Row(name: "keys:{}", response: .body(Body.text(#"{"keys":{}}"#)), error: "jwks.no_keys"),
        Row(name: "null", response: .body(Body.text("null")), error: "jwks.not_object"),
        Row(name: "a string", response: .body(Body.text(#""hello""#)), error: "jwks.not_object"),
        Row(name: "204", response: .failure("http.204"), error: "http.204"),
        Row(name: "unsolicited gzip", response: .body([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]), error: "jwks.not_utf8"),
        Row(name: "304 we asked for", response: .notModified),
        Row(name: "empty set", response: .body(Body.keys("")), error: "held.empty"),
        Row(name: "BOM", response: .body([0xef, 0xbb, 0xbf] + Body.keys("AC"))),
        Row(
            name: "UTF-16",
            response: .body([0xff, 0xfe] + Body.keys("AB").flatMap { [$0, 0] }),
            error: "jwks.not_utf8"
        ),
        Row(name: "AKP kty", response: odd(#"{"kty":"AKP","alg":"ML-DSA-44","pub":"AAAA","kid":"Q"}"#)),
        Row(name: "Ed25519", response: odd(#"{"kty":"OKP","crv":"Ed25519","x":"AAAA","kid":"Q"}"#)),
        Row(name: "unknown crv", response: odd(#"{"kty":"EC","crv":"P-999","x":"AAAA","y":"AAAA","kid":"Q"}"#)),
        Row(name: "RSA without n", response: odd(#"{"kty":"RSA","e":"AQAB","kid":"Q"}"#)),
        Row(name: "RSA of 512 bits", response: odd(weakRSA)),
        Row(name: "non-object key", response: odd("17")),
        Row(name: "null key", response: odd("null")),
        Row(name: "no kty", response: odd(#"{"kid":"Q"}"#)),
        Row(name: "integer kid", response: odd(#"{"kty":"AKP","kid":7}"#)),
        Row(name: "kid of 1,000 bytes", response: odd(Body.key("C", kid: String(repeating: "k", count: 1000)))),
        Row(
            name: "broken x5c",
            response: .body(
                Body.set([Body.key("A", extra: #","x5c":["MIIF-----END CERTIFICATE-----"]"#), Body.key("B")])
            )
        ),
        Row(name: "x5c a string", response: .body(Body.set([Body.key("A", extra: #","x5c":"MIIF""#), Body.key("B")]))),
        Row(
            name: "duplicate keys member",
            response: .body(Body.text(#"{"keys":[\#(Body.key("B"))],"keys":[\#(Body.key("A"))]}"#)),
            error: "jwks.json"
        ),
        Row(
            name: "duplicate member in a key",
            response: .body(Body.set([Body.key("A", extra: #","kid":"Z""#)])),
            error: "jwks.json"
        ),
        Row(
            name: "oct key with kid A listed first",
            response: .body(Body.set([#"{"kty":"oct","k":"c2VjcmV0","kid":"A"}"#, Body.key("B")]))
        ),
        Row(
            name: "oct key with kid A beside A",
            response: .body(Body.set([#"{"kty":"oct","k":"c2VjcmV0","kid":"A"}"#, Body.key("A")]))
        ),
        Row(
            name: "kid A twice, other material first",
            response: .body(Body.set([Body.key("C", kid: "A"), Body.key("A"), Body.key("B")]))
        ),
        Row(name: "302 to another path", response: .failure("redirect_refused"), error: "redirect_refused"),
        Row(name: "connection refused", response: .failure("connect"), error: "connect"),
        Row(name: "timeout", response: .failure("timeout"), error: "timeout"),
        Row(
            name: "body over the limit",
            response: .body([UInt8](repeating: 0x20, count: 1 << 20 + 1)),
            error: "jwks.too_large"
        ),
        Row(
            name: "100,000 keys",
            response: .body(Body.set([String](repeating: "1", count: 100_000))),
            error: "jwks.too_many_keys"
        ),
        Row(name: "nesting of 100,000", response: .body([UInt8](repeating: 0x5b, count: 100_000)), error: "jwks.json"),
    ]

    /// A, B and an entry that is no use.
    private static func odd(_ entry: String) -> Response { .body(Body.set([entry, Body.key("A"), Body.key("B")])) }

    private static let weakRSA =
        #"{"kty":"RSA","e":"AQAB","kid":"Q","n":"\#(Base64URL.encode([UInt8](repeating: 0xc5, count: 64)))"}"#

    @Test("A still judges, and is still A", arguments: rows)
    func keepsA(_ row: Row) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Self.good, for: source)
        let later = World.start + 2 * World.hour
        switch row.response {
        case .body(let body): try cache.accept(body, for: source, at: later)
        case .failure(let code): try cache.store.failed(source, error: code, at: later)
        case .notModified: _ = try cache.store.notModified(source, at: later)
        }
        let set = try #require(try cache.snapshot(at: later).keySet(source.url))
        #expect(try mayJudge("A", with: "A", set, later, cache))
        #expect(try cache.current(source.url).lastError == row.error)
        #expect(try cache.store.firstBrokenEvent() == nil)
    }

    @Test("and for the directory, where doubt means to wait", arguments: rows)
    func keepsDirectoryKey(_ row: Row) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Self.good, for: source)
        let later = World.start + 2 * World.hour
        switch row.response {
        case .body(let body): try cache.accept(body, for: source, at: later)
        case .failure(let code): try cache.store.failed(source, error: code, at: later)
        case .notModified: _ = try cache.store.notModified(source, at: later)
        }
        let set = try #require(try cache.snapshot(at: later).keySet(source.url))
        #expect(try mayJudge("A", with: "A", set, later, cache))
    }

    @Test("shrunk to B: A judges only what was signed while it was there")
    func shrunk() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Self.good, for: source)
        let later = World.start + 10 * World.minute
        try cache.accept(Body.keys("B"), for: source, at: later)
        #expect(try cache.standing("A", in: source, signedAt: World.start, now: later) == .usable)
        #expect(try cache.standing("A", in: source, signedAt: World.start + 60, now: later) == .usable)
        #expect(
            try cache.standing("A", in: source, signedAt: World.start + 61, now: later)
                == .retired(lastSeen: World.start)
        )
    }

    @Test("kid A for new material: the new key judges, the old one is retired")
    func rebound() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Self.good, for: source)
        let later = World.start + World.hour
        try cache.accept(Body.set([Body.key("C", kid: "A"), Body.key("B")]), for: source, at: later)
        let set = try #require(try cache.snapshot(at: later).keySet(source.url))
        #expect(try mayJudge("A", with: "C", set, later, cache))
        #expect(try !mayJudge("A", with: "A", set, later, cache))
        #expect(set.candidates(kid: ByteSlice("A")).first?.key.spkiSHA256 == World.spki("C"))
        #expect(try cache.events().contains("key.rebound"))
    }

    /// Whether a kid leads to a letter's key, and that key may judge what is signed now.
    private func mayJudge(
        _ kid: String,
        with letter: Character,
        _ set: KeySet,
        _ now: UnixTime,
        _ cache: TemporaryStore
    ) throws -> Bool {
        let snapshot = try cache.snapshot(at: now)
        let own = try #require(snapshot.keySet(set.url))
        return own.candidates(kid: ByteSlice(kid)).contains { key in
            key.key.spkiSHA256 == World.spki(letter)
                && snapshot.standing(of: key, in: own, signedAt: now, now: now) == .usable
        }
    }
}
