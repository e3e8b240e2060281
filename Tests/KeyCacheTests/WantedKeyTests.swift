import Encoding
import Testing

@testable import KeyCache

@Suite("Wanted keys")
struct WantedKeyTests {
    let later = World.start + 200

    @Test("remembered once, the longest wanted first")
    func remembered() throws {
        let cache = try TemporaryStore()
        let keys = [
            WantedKey(url: "u", kid: "b", since: 20), WantedKey(url: "u", kid: "a", since: 10),
            WantedKey(url: "v", kid: nil, since: 15),
        ]
        try cache.store.recordWanted(keys)
        try cache.store.recordWanted([keys[0]])
        #expect(try cache.store.wanted() == [keys[1], keys[2], keys[0]])
        try cache.store.forgetWanted([keys[2]])
        #expect(try cache.store.wanted() == [keys[1], keys[0]])
    }

    @Test("the list is bounded: what was wanted least lately gives way")
    func bounded() throws {
        var settings = CacheSettings()
        settings.wantedLimit = 3
        let cache = try TemporaryStore(settings: settings)
        let flood = (0..<10).map { WantedKey(url: "u\($0)", kid: "k", since: 10 + Int64($0)) }
        for key in flood { try cache.store.recordWanted([key]) }
        #expect(try cache.store.wanted().map(\.url) == ["u7", "u8", "u9"])
        #expect(try cache.store.recordWanted([WantedKey(url: "u7", kid: "k", since: 30)]) == 0)
        #expect(try cache.store.recordWanted([WantedKey(url: "new", kid: nil, since: 31)]) == 1)
        #expect(try cache.store.wanted().map(\.url) == ["u9", "u7", "new"])
    }

    @Test("a flood at one source leaves room for the others")
    func perSource() throws {
        var settings = CacheSettings()
        settings.wantedPerSource = 3
        let cache = try TemporaryStore(settings: settings)
        try cache.store.recordWanted([WantedKey(url: "quiet", kid: "k", since: 1)])
        let flood = (0..<1000).map { WantedKey(url: "loud", kid: "\($0)", since: 10 + Int64($0)) }
        #expect(try cache.store.recordWanted(flood) == 997)
        try cache.store.recordWanted([WantedKey(url: "loud", kid: "last", since: 2000)])
        #expect(try cache.store.wanted().map(\.kid) == ["k", "998", "999", "last"])
    }

    @Test("what nobody has wanted for five weeks is forgotten")
    func expires() throws {
        let cache = try TemporaryStore()
        try cache.store.recordWanted([WantedKey(url: "u", kid: "old", since: World.start)])
        try cache.store.recordWanted([WantedKey(url: "u", kid: "new", since: World.start + 1)])
        try cache.store.sweep(at: World.start + 35 * World.day + 1)
        #expect(try cache.store.wanted().map(\.kid) == ["new"])
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let kid: String?
        let body: [UInt8]
        let isSatisfied: Bool
        var testDescription: String { name }
    }

    @Test(
        "satisfied by a set that was taken",
        arguments: [
            Row(name: "with the kid", kid: "B", body: Body.keys("AB"), isSatisfied: true),
            Row(name: "without the kid", kid: "C", body: Body.keys("AB"), isSatisfied: false),
            Row(name: "any set will do", kid: nil, body: Body.keys("AB"), isSatisfied: true),
            Row(name: "a refused body", kid: nil, body: Body.text("{}"), isSatisfied: false),
            Row(name: "a kid in other bytes", kid: "b", body: Body.keys("AB"), isSatisfied: false),
            Row(
                name: "a kid that only looks the same",
                kid: "e\u{301}",
                body: Body.set([Body.key("A", kid: "\u{e9}")]),
                isSatisfied: false
            ),
        ]
    )
    func satisfied(_ row: Row) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.store.recordWanted([WantedKey(url: source.url, kid: row.kid, since: World.start)])
        try cache.accept(row.body, for: source)
        #expect(try cache.store.wanted().isEmpty == row.isSatisfied)
    }

    @Test(
        "any set satisfies who waits for a revoked set",
        arguments: [SourceClass.softwareRevoked, .organisationRevoked]
    )
    func revokedSet(_ class: SourceClass) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(`class`)
        try cache.store.recordWanted([WantedKey(url: source.url, kid: nil, since: World.start)])
        try cache.accept(Body.keys(""), for: source)
        #expect(try cache.store.wanted().isEmpty)
    }

    @Test("a confirmation satisfies who waits for the set, or for a kid that is in it")
    func confirmed() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let wanted = [nil, "A", "B"].map { WantedKey(url: source.url, kid: $0, since: later) }
        try cache.store.recordWanted(wanted)
        _ = try cache.store.notModified(source, at: later)
        #expect(try cache.store.wanted().map(\.kid) == ["B"])
    }

    @Test("a list satisfies who waits for it")
    func list() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.crl)
        try cache.store.recordWanted([WantedKey(url: source.url, kid: nil, since: World.start)])
        try cache.accept(World.list(), for: source)
        #expect(try cache.store.wanted().isEmpty)
    }

    struct Due: CustomTestStringConvertible, Sendable {
        let name: String
        /// Seconds after the last attempt.
        let wantedAt: Int64
        let lookedAt: Int64
        let isDue: Bool
        var testDescription: String { name }
    }

    @Test(
        "a wanted key brings a fetch forward",
        arguments: [
            Due(name: "wanted since the last attempt", wantedAt: 10, lookedAt: 60, isDue: true),
            Due(name: "too soon after it (C03)", wantedAt: 10, lookedAt: 59, isDue: false),
            Due(name: "wanted before it: it did not help", wantedAt: -10, lookedAt: 300, isDue: false),
        ]
    )
    func due(_ row: Due) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        try cache.store.recordWanted([WantedKey(url: source.url, kid: "Z", since: World.start + row.wantedAt)])
        #expect(try cache.store.dueSources(at: World.start + row.lookedAt).isEmpty == !row.isDue)
    }
}
