import Crypto
import Encoding
import JOSE
import Testing

@testable import KeyCache

/// Complaints about other caches, by number; those about fetching are elsewhere.
@Suite("Edge cases")
struct EdgeCaseTests {
    let later = World.start + World.hour

    @Test(
        "C05 no faulty body touches the last good set",
        arguments: ["<html>", "[]", "{}", #"{"keys":null}"#, "", #"{"keys":{}}"#]
    )
    func c05(_ body: String) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        let before = try cache.current(source.url)
        try cache.accept(Body.text(body), for: source, at: later)
        let after = try cache.current(source.url)
        #expect(after.bodySHA256 == before.bodySHA256)
        #expect(after.usableUntil == before.usableUntil)
        #expect(try cache.standing("A", in: source, now: later) == .usable)
    }

    @Test("C06 a key that left is retired by the next fetch, a revoked one is dead at once")
    func c06() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("ABC"), for: source)
        try cache.accept(Body.keys("BC"), for: source, at: later)
        #expect(try cache.standing("A", in: source, now: later) == .retired(lastSeen: World.start))
        try cache.accept(Body.keys("B"), for: try cache.source(.softwareRevoked), at: later)
        #expect(try cache.standing("B", in: source, now: later) == .revoked(at: later))
        #expect(try cache.standing("C", in: source, now: later) == .usable)
    }

    @Test(
        "C08 one odd key costs no other",
        arguments: [
            #"{"kty":"AKP","kid":"x"}"#, #"{"kty":"OKP","crv":"Ed448","x":"AA","kid":"x"}"#,
            #"{"kty":"EC","crv":"P-999","x":"AA","y":"AA","kid":"x"}"#, #"{"kty":"RSA","e":"AQAB","kid":"x"}"#,
            #""a string""#,
        ]
    )
    func c08(_ odd: String) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        #expect(
            try cache.accept(Body.set([odd, Body.key("A")]), for: source) == .updated(added: 1, removed: 0, revoked: 0)
        )
        #expect(try cache.standing("A", in: source, now: World.start) == .usable)
    }

    @Test("C09 a kid of several keys names them all, up to four")
    func c09() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.set("ABCDE".map { Body.key($0, kid: "k") }), for: source)
        let set = try #require(try cache.snapshot().keySet(source.url))
        #expect(set.candidates(kid: ByteSlice("k")).map(\.key.spkiSHA256) == "ABCD".map(World.spki))
    }

    @Test("C10 a kid that is not there falls back to no other key")
    func c10() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let set = try #require(try cache.snapshot().keySet(source.url))
        #expect(set.candidates(kid: ByteSlice("B")).isEmpty)
        #expect(set.candidates(kid: ByteSlice("")).isEmpty)
    }

    @Test("C11 the kid of one organisation names no key of another")
    func c11() throws {
        let cache = try TemporaryStore()
        let one = try cache.source(url: "https://k/1.jwks", organisation: "o1", software: "s1")
        let two = try cache.source(url: "https://k/2.jwks", organisation: "o2", software: "s2")
        try cache.accept(Body.set([Body.key("A", kid: "k")]), for: one)
        try cache.accept(Body.set([Body.key("B", kid: "k")]), for: two)
        let snapshot = try cache.snapshot()
        for (source, letter) in [(one, Character("A")), (two, "B")] {
            let keys = snapshot.keySet(source.url)?.candidates(kid: ByteSlice("k"))
            #expect(keys?.map(\.key.spkiSHA256) == [World.spki(letter)])
        }
        try cache.accept(
            Body.keys("A"),
            for: try cache.source(.softwareRevoked, organisation: "o2", software: "s2"),
            at: later
        )
        #expect(try cache.standing("k", in: one, now: later) == .usable)
    }

    @Test(
        "C12 a kid that names another key: believed of a participant, held for the directory",
        arguments: [SourceClass.software, .directory]
    )
    func c12(_ sourceClass: SourceClass) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(sourceClass)
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.set([Body.key("A"), Body.key("C", kid: "B")]), for: source, at: later)
        let isHeld = sourceClass == .directory
        #expect(try cache.events().contains("key.rebound") == !isHeld)
        #expect(try cache.store.holds().map(\.rule) == (isHeld ? [.rebound] : []))
        let set = try #require(try cache.snapshot(at: later).keySet(source.url))
        #expect(set.candidates(kid: ByteSlice("B")).first?.key.spkiSHA256 == World.spki(isHeld ? "B" : "C"))
    }

    @Test("C13 an unreadable x5c costs the key its certificate only; another key's costs the key")
    func c13() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let bad = Body.key("A", extra: #","x5c":["MIIF-----END CERTIFICATE-----"]"#)
        try cache.accept(Body.set([bad, Body.key("B", certificate: World.certificate("C"))]), for: source)
        #expect(try cache.standing("A", in: source, now: World.start) == .usable)
        #expect(try cache.standing("B", in: source, now: World.start) == nil)
    }

    @Test("C15 a certificate's end ends its key; history is judged by the evidence's time")
    func c15() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let der = World.certificate("A", notAfter: World.start + World.hour)
        try cache.accept(Body.set([Body.key("A", certificate: der)]), for: source)
        let now = World.start + 2 * World.hour
        #expect(try cache.standing("A", in: source, now: now) == .expired(at: World.start + World.hour))
        let key = try #require(try cache.store.history().keys(url: ByteSlice(source.url), kid: ByteSlice("A")).first)
        let early = key.migrationVerdict(signedAt: World.start, evidenceTime: World.start + 60, now: now)
        #expect(early == .accepted)
        let late = key.migrationVerdict(signedAt: World.start, evidenceTime: now, now: now)
        #expect(late == .refused(.evidenceOutsideCertificate))
    }

    @Test("C19 a 304 without a body drops the validators, one with a body keeps the content")
    func c19() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        guard case .refused = try cache.store.notModified(source, at: World.start) else {
            Issue.record("a 304 confirmed nothing")
            return
        }
        try cache.accept(Body.keys("A"), for: source, validators: Validators(etag: "1"))
        let generation = try cache.snapshot().generation
        #expect(try cache.store.notModified(source, validators: Validators(etag: "2"), at: later) == .unchanged)
        #expect(try cache.current(source.url).etag == "2")
        #expect(try cache.snapshot(at: later).generation == generation)
    }

    @Test("C20 symmetric and private keys never load, and are told")
    func c20() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(
            Body.set([#"{"kty":"oct","k":"AAAA","kid":"o"}"#, Body.leaked("B"), Body.key("A")]),
            for: source
        )
        for kid in ["o", "B"] { #expect(try cache.standing(kid, in: source, now: World.start) == nil) }
        #expect(try cache.events().count { $0 == "key.secret_published" } == 2)
    }

    @Test("C24 one minute of skew for the bounds of keys; a clock that goes back is not believed")
    func c24() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let body = Body.set([
            Body.key("A", extra: ",\"nbf\":\(World.start + 60)"), Body.key("B", extra: ",\"nbf\":\(World.start + 61)"),
            Body.key("C", extra: ",\"exp\":\(World.start + 10)"),
        ])
        try cache.accept(body, for: source)
        #expect(try cache.standing("A", in: source, now: World.start) == .usable)
        #expect(try cache.standing("B", in: source, now: World.start) == .held)
        #expect(try cache.standing("B", in: source, now: World.start + 1) == .usable)
        #expect(try cache.standing("C", in: source, now: World.start + 11) == .expired(at: World.start + 10))
        #expect(try cache.snapshot(at: World.start - World.day).builtAt == World.start)
    }

    @Test("C25 no age a server names overflows", arguments: [Int64.max, .min, -1, 0])
    func c25(_ age: Int64) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let hints = FreshnessHints(maximumAge: age, age: .max, expires: age, date: .min)
        try cache.accept(Body.keys("A"), for: source, validators: Validators(hints: hints))
        let after = try cache.current(source.url)
        #expect(after.nextDue > World.start && after.nextDue <= World.start + 900)
    }

    @Test("C26 a process that only just started knows every key")
    func c26() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let fresh = try KeyStore.openReadOnly(path: cache.path)
        let snapshot = try Snapshot.load(fresh, anchors: World.anchors, at: World.start)
        #expect(snapshot.keySet(source.url)?.contains(kid: ByteSlice("A")) == true)
    }

    @Test("C28 an old signature is judged by the key that was listed then")
    func c28() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("H"), for: source)
        try cache.accept(Body.keys("HA"), for: source, at: later)
        try cache.accept(Body.keys("HB"), for: source, at: later + 60)
        let now = later + World.day
        try cache.store.sweep(at: now)
        _ = try cache.store.notModified(source, at: now)
        let key = try #require(try cache.store.history().keys(url: ByteSlice(source.url), kid: ByteSlice("A")).first)
        #expect(key.recordedState == .archived)
        let good = key.migrationVerdict(signedAt: later + 30, evidenceTime: later + 40, now: now)
        #expect(good == .accepted)
        #expect(key.migrationVerdict(signedAt: now, evidenceTime: now, now: now) == .refused(.signedAfterLife))
        #expect(key.validity(at: later) == .valid)
        #expect(key.validity(at: later - 60) == .uncertain)
        #expect(key.validity(at: now) == .notListed)
    }
}
