import Encoding
import Testing

@testable import KeyCache

@Suite("Sources: seeding and what is due")
struct SourceTests {
    struct Seed: CustomTestStringConvertible, Sendable {
        let name: String
        let second: SourceSeed
        var changed = 0
        var conflicts = 0
        var testDescription: String { name }
    }

    static let first = SourceSeed(url: "https://k/1", class: .software, organisationID: "org", origin: .statement)

    @Test(
        "a second word about a source",
        arguments: [
            Seed(name: "the same", second: first),
            Seed(
                name: "what was missing is filled in",
                second: SourceSeed(url: "https://k/1", class: .software, softwareID: "soft", origin: .statement),
                changed: 1
            ),
            Seed(
                name: "the operator's word is the stronger origin",
                second: SourceSeed(url: "https://k/1", class: .software, origin: .configuration),
                changed: 1
            ),
            Seed(name: "less is no change", second: SourceSeed(url: "https://k/1", class: .software, origin: .mirror)),
            Seed(
                name: "another organisation: the first word stands",
                second: SourceSeed(url: "https://k/1", class: .software, organisationID: "x", origin: .statement),
                conflicts: 1
            ),
            Seed(
                name: "another class: the first word stands",
                second: SourceSeed(url: "https://k/1", class: .directory, origin: .configuration),
                conflicts: 1
            ),
        ]
    )
    func seeds(_ row: Seed) throws {
        let cache = try TemporaryStore()
        #expect(try cache.store.upsert([Self.first], at: World.start).added == 1)
        let outcome = try cache.store.upsert([row.second], at: World.start)
        #expect(outcome.added == 0)
        #expect(outcome.changed == row.changed)
        #expect(outcome.conflicts.count == row.conflicts)
        let source = try cache.current("https://k/1")
        #expect(source.organisationID == "org")
        #expect(source.class == .software)
    }

    @Test("the store is bounded")
    func bounded() throws {
        var settings = CacheSettings()
        settings.sourceLimit = 2
        let cache = try TemporaryStore(settings: settings)
        let seeds = (0..<5).map { SourceSeed(url: "https://k/\($0)", class: .software, origin: .statement) }
        let outcome = try cache.store.upsert(seeds, at: World.start)
        #expect(outcome.added == 2)
        #expect(outcome.refused == 3)
        #expect(try cache.store.upsert([seeds[0]], at: World.start).refused == 0)
    }

    @Test("a new source is due at once, the directory first")
    func order() throws {
        let cache = try TemporaryStore()
        for `class` in SourceClass.allCases.reversed() { _ = try cache.source(`class`) }
        let due = try cache.store.dueSources(at: World.start)
        #expect(due.first?.class == .directory)
        #expect(due.map(\.class.rank) == [0, 1, 1, 2, 3, 4])
    }

    @Test("due when its time has come, not before")
    func dueTime() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let next = try cache.current(source.url).nextDue
        #expect(try cache.store.dueSources(at: next - 1).isEmpty)
        #expect(try cache.store.dueSources(at: next).map(\.url) == [source.url])
    }

    @Test("a first success and one after failures are scattered, the others keep their distance")
    func scattered() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        var now = World.start
        for expected in [442, 765] {
            try cache.accept(Body.keys("A"), for: source, at: now)
            #expect(try cache.current(source.url).nextDue == now + Int64(expected))
            now += 900
        }
        try cache.store.failed(source, error: "timeout", at: now)
        _ = try cache.store.notModified(source, at: now + 60)
        #expect(try cache.current(source.url).nextDue == now + 60 + 442)
    }

    @Test("the longest overdue of a class comes first")
    func overdue() throws {
        let cache = try TemporaryStore()
        let (one, other) = (try cache.source(url: "https://k/1"), try cache.source(url: "https://k/2"))
        try cache.accept(Body.keys("A"), for: one, at: World.start + 100)
        try cache.accept(Body.keys("A"), for: other, at: World.start)
        let due = try cache.store.dueSources(at: World.start + World.day)
        #expect(due.map(\.url) == [other.url, one.url])
    }

    @Test("a plan made by a clock that ran wild is not kept")
    func implausible() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source, at: World.start + 20_000 * World.day)
        #expect(try cache.store.dueSources(at: World.start).map(\.url) == [source.url])
        _ = try cache.store.notModified(source, at: World.start)
        let next = try cache.current(source.url).nextDue
        #expect((World.start...World.start + 900).contains(next))
        #expect(try cache.store.dueSources(at: World.start + 1).isEmpty)
    }
}
