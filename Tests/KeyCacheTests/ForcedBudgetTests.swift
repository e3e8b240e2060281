import Encoding
import JOSE
import Testing

@testable import KeyCache

/// Fetches that wanted keys bring forward (C01-C03).
@Suite("The budget of wanted keys")
struct ForcedBudgetTests {
    /// A store of which all sources were fetched at the start and are next due 765 s later.
    private func cache(_ urls: [String], directory: String? = nil) throws -> TemporaryStore {
        let cache = try TemporaryStore()
        // Twice: the fetch after a first success is scattered.
        for _ in 0..<2 {
            for url in urls { try cache.accept(Body.keys("A"), for: try cache.source(url: url)) }
            if let directory { try cache.accept(Body.keys("B"), for: try cache.source(.directory, url: directory)) }
        }
        return cache
    }

    private func want(_ cache: TemporaryStore, _ url: String, _ kid: String, at time: UnixTime) throws {
        try cache.store.recordWanted([WantedKey(url: url, kid: kid, since: time)])
    }

    /// Fetches what is due, each confirmed unchanged; returns the URLs.
    private func fetch(_ cache: TemporaryStore, at time: UnixTime) throws -> [String] {
        var fetched: [String] = []
        for source in try cache.store.dueSources(at: time)
        where try cache.store.claim(source, as: 1, for: 40, at: time) == .granted {
            let arrival = Arrival(.notModified(Validators()), for: source, at: time)
            _ = try cache.store.record([arrival], anchors: World.anchors)
            fetched.append(source.url)
        }
        return fetched
    }

    @Test("C01 a million unknown kids in ten minutes cost one source five fetches, and evict no key")
    func flood() throws {
        let cache = try cache(["u"])
        var fetches: [UnixTime] = []
        var number = 0
        for second in 1...600 {
            let time = World.start + Int64(second)
            let kids = (0..<1667).map { WantedKey(url: "u", kid: "\(number + $0)", since: time) }
            number += kids.count
            try cache.store.recordWanted(kids)
            if try !fetch(cache, at: time).isEmpty { fetches.append(time - World.start) }
        }
        #expect(number > 1_000_000)
        #expect(fetches == [60, 120, 180, 360])
        #expect(try cache.store.wanted().count <= 100)
        #expect(try cache.snapshot().keySet("u")?.keys.count == 1)
    }

    @Test("C01 all sources together have thirty a minute, the directory five of them for itself")
    func global() throws {
        let urls = (0..<100).map { "u\($0)" }
        let cache = try cache(urls, directory: "d")
        var perMinute: [Int] = []
        for minute in 1...10 {
            var count = 0
            for second in 0..<60 {
                let time = World.start + Int64(minute * 60 + second)
                guard second % 10 == 0 else { continue }
                for url in urls { try want(cache, url, "\(time)", at: time) }
                count += try fetch(cache, at: time).count
            }
            perMinute.append(count)
        }
        // The plan's own fetches come due after 765 s, later than this ends.
        #expect(perMinute.allSatisfy { $0 <= 25 })
        #expect(perMinute.reduce(0, +) <= 300)
        let time = World.start + 659
        try want(cache, "d", "rotated", at: time)
        #expect(try fetch(cache, at: time) == ["d"])
    }

    @Test("C02 a rotation during a flood at other sources is found within a minute")
    func rotation() throws {
        let cache = try cache(["quiet"] + (0..<24).map { "loud\($0)" })
        for second in 1...120 {
            let time = World.start + Int64(second)
            for index in 0..<24 { try want(cache, "loud\(index)", "\(second)", at: time) }
            if second == 90 { try want(cache, "quiet", "rotated", at: time) }
            if try fetch(cache, at: time).contains("quiet") {
                #expect(second == 90)
                return
            }
        }
        Issue.record("the rotated key was never looked for")
    }

    @Test("C03 the pause counts attempts, whatever became of them")
    func attempts() throws {
        let cache = try cache(["u"])
        let source = try cache.current("u")
        try cache.store.failed(source, error: "timeout", at: World.start + 100)
        try want(cache, "u", "k", at: World.start + 101)
        // The back-off of a failing source stands: 11 s, then on its own.
        #expect(try fetch(cache, at: World.start + 105) == [])
        #expect(try fetch(cache, at: World.start + 112) == ["u"])
        try want(cache, "u", "l", at: World.start + 113)
        #expect(try fetch(cache, at: World.start + 171) == [])
        #expect(try fetch(cache, at: World.start + 172) == ["u"])
    }

    @Test("a kid looked for in vain is not looked for again for five minutes, unless the set changes")
    func missed() throws {
        let cache = try cache(["u"])
        try want(cache, "u", "k", at: World.start + 10)
        #expect(try fetch(cache, at: World.start + 60) == ["u"])
        try want(cache, "u", "k", at: World.start + 70)
        #expect(try fetch(cache, at: World.start + 359) == [])
        #expect(try fetch(cache, at: World.start + 360) == ["u"])
        // Another kid is another matter.
        try want(cache, "u", "l", at: World.start + 400)
        #expect(try fetch(cache, at: World.start + 420) == ["u"])
        try want(cache, "u", "k", at: World.start + 440)
        #expect(try fetch(cache, at: World.start + 500) == [])
        let source = try cache.current("u")
        _ = try cache.store.record(
            [Arrival(.body(Body.keys("AC"), Validators()), for: source, at: World.start + 500)],
            anchors: World.anchors
        )
        try want(cache, "u", "k", at: World.start + 501)
        #expect(try fetch(cache, at: World.start + 720) == ["u"])
    }

    @Test("a fetch newer than the wish is answer enough")
    func newer() throws {
        let cache = try cache(["u"])
        try want(cache, "u", "k", at: World.start - 1)
        #expect(try fetch(cache, at: World.start + 300) == [])
    }
}
