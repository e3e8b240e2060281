import Crypto
import Encoding
import JOSE
import Testing

@testable import KeyCache

@Suite("Every key ever known")
struct HistoryTests {
    @Test("archived keys are in the history, with each of their stays")
    func stays() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let bodies = [(0, "A"), (100, "AB"), (200, "A"), (300, "AB"), (400, "A")]
        for (time, letters) in bodies {
            try cache.accept(Body.keys(letters), for: source, at: World.start + Int64(time))
        }
        try cache.store.sweep(at: World.start + 2000)
        let key = try #require(try cache.store.history().keys(url: ByteSlice(source.url), kid: ByteSlice("B")).first)
        #expect(key.spkiSHA256 == World.spki("B"))
        #expect(key.recordedState == .archived)
        #expect(key.key.refusal(for: .ES256) == nil)
        let start = World.start
        #expect(
            key.periods == [
                ListedPeriod(fromLow: start, fromHigh: start + 100, toLow: start + 100, toHigh: start + 200),
                ListedPeriod(fromLow: start + 200, fromHigh: start + 300, toLow: start + 300, toHigh: start + 400),
            ]
        )
        #expect(key.lastSeen == start + 300)
    }

    @Test("a revoked key says since when, and is refused whatever the evidence")
    func revoked() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("A"), for: try cache.source(.softwareRevoked), at: World.start + 60)
        let key = try #require(try cache.store.history().keys(url: ByteSlice(source.url), kid: ByteSlice("A")).first)
        #expect(key.revocation == KeyRevocation(at: World.start + 60))
        let verdict = key.migrationVerdict(
            signedAt: World.start,
            evidenceTime: World.start,
            now: World.start + 120
        )
        #expect(verdict == .refused(.revoked))
    }

    @Test("a key that left its set in quarantine waits for an operator, whatever the evidence")
    func quarantined() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        let wrong = Body.set([Body.key("A", certificate: World.certificate("B")), Body.key("B")])
        try cache.accept(wrong, for: source, at: World.start + 60)
        try cache.accept(Body.keys("B"), for: source, at: World.start + 120)
        let key = try #require(try cache.store.history().keys(url: ByteSlice(source.url), kid: ByteSlice("A")).first)
        let verdict = key.migrationVerdict(signedAt: World.start, evidenceTime: World.start, now: World.start + 180)
        #expect(verdict == .parked(.quarantined))
    }

    @Test("two keys of one kid: the one in use first")
    func order() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        for (step, letter) in "ABC".enumerated() {
            try cache.accept(
                Body.set([Body.key(letter, kid: "k"), Body.key("H")]),
                for: source,
                at: World.start + Int64(step) * 60
            )
        }
        let keys = try cache.store.history().keys(url: ByteSlice(source.url), kid: ByteSlice("k"))
        #expect(keys.map(\.spkiSHA256) == [World.spki("C"), World.spki("B"), World.spki("A")])
    }

    @Test("what nobody ever listed is nothing")
    func nothing() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let history = cache.store.history()
        #expect(try history.keys(url: ByteSlice(source.url), kid: ByteSlice("B")).isEmpty)
        #expect(try history.keys(url: ByteSlice("https://elsewhere/"), kid: ByteSlice("A")).isEmpty)
    }
}
