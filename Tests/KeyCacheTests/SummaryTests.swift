import Crypto
import Encoding
import PKIX
import Testing

@testable import KeyCache

@Suite("The summary")
struct SummaryTests {
    @Test("an empty store")
    func empty() throws {
        let summary = try TemporaryStore().store.summary(at: World.start)
        #expect(summary.generation == 0)
        #expect(summary.classes.map(\.class) == SourceClass.allCases)
        #expect(summary.classes.allSatisfy { $0.total == 0 })
        #expect(summary.keys == KeyCounts())
        #expect(summary.oldest == nil)
        #expect(summary.nextRefresh == nil)
    }

    @Test("counts sources by class and state")
    func classes() throws {
        let cache = try TemporaryStore()
        let names = ["fresh", "stale", "unusable", "never", "held"]
        let sources = try names.map { try cache.source(url: "https://k/\($0)") }
        let now = World.start + 2 * World.day
        let times = [now - 60, now - World.hour, World.start]
        for (source, time) in zip(sources, times).reversed() { try cache.accept(Body.keys("A"), for: source, at: time) }
        try cache.accept(Body.keys("A"), for: sources[4], at: now - 60)
        try cache.accept(Body.keys(""), for: sources[4], at: now)
        try cache.store.failed(sources[3], error: "timeout", at: now)
        let summary = try cache.store.summary(at: now)
        let row = try #require(summary.classes.first { $0.class == .software })
        #expect([row.fresh, row.stale, row.unusable, row.never, row.held] == [2, 1, 1, 1, 1])
        #expect(row.total == 5)
        #expect(summary.held == 1)
        #expect(summary.failing == 1)
        #expect(summary.keys.usable == 3, "keys of an unusable source are not usable")
        #expect(summary.oldest == OldestSource(url: "https://k/unusable", confirmedAt: World.start))
    }

    @Test("counts keys by state, as they are at the time")
    func keys() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let ending = World.certificate("E", notAfter: World.start + 100)
        let all = "ABCD".map { Body.key($0) } + [Body.key("E", certificate: ending)]
        try cache.accept(Body.set(all), for: source)
        try cache.accept(Body.keys("D"), for: try cache.source(.softwareRevoked), at: World.start + 10)
        let next = Body.set([Body.key("A"), Body.leaked("C"), Body.key("E", certificate: ending)])
        try cache.accept(next, for: source, at: World.start + 20)
        var keys = try cache.store.summary(at: World.start + 20).keys
        #expect([keys.usable, keys.retired, keys.revoked, keys.expired, keys.quarantined] == [2, 1, 1, 0, 1])
        keys = try cache.store.summary(at: World.start + 101).keys
        #expect([keys.usable, keys.retired, keys.revoked, keys.expired, keys.quarantined] == [1, 1, 1, 1, 1])
    }

    @Test("names the directory's keys, the lists, and what ends soon")
    func details() throws {
        let cache = try TemporaryStore()
        let directory = try cache.source(.directory)
        let (crl, missing) = (try cache.source(.crl), try cache.source(.crl, url: "http://k/missing.crl"))
        try cache.accept(Body.keys("BA"), for: directory)
        try cache.accept(World.list(revoked: [1, 2]), for: crl)
        let now = World.start + 60
        try cache.store.recordWanted([WantedKey(url: "u", kid: "k", since: now)])
        let summary = try cache.store.summary(at: now, anchors: World.anchors, expiringWithin: 400 * World.day)
        let row = try #require(summary.directory.first)
        #expect(row.kids == ["B", "A"])
        #expect(row.state == .fresh)
        #expect(row.environment == "production")
        #expect(row.confirmedAt == World.start)
        #expect(
            summary.lists == [
                ListSummary(
                    url: crl.url,
                    issuer: "CN=Test Issuing CA,O=OpenBanking,C=GB",
                    number: "1",
                    thisUpdate: World.start,
                    nextUpdate: World.start + 3 * World.day,
                    entries: 2,
                    confirmedAt: World.start
                ),
                ListSummary(
                    url: missing.url,
                    issuer: nil,
                    number: nil,
                    thisUpdate: nil,
                    nextUpdate: nil,
                    entries: 0,
                    confirmedAt: nil
                ),
            ]
        )
        #expect(summary.wanted == 1)
        #expect(summary.expiringAnchors.map(\.notAfter) == [World.start + 300 * World.day])
        #expect(summary.nextRefresh == 0, "the missing list was never tried")
        #expect(try cache.store.summary(at: now, anchors: World.anchors).expiringAnchors.isEmpty)
    }
}
