import Testing

@testable import KeyCache

@Suite("Counters of the cache")
struct CounterTests {
    @Test("add up, also with a sweep, and leave the generation alone")
    func counts() throws {
        let store = try TemporaryStore().store
        try store.count([("a x", 2), ("b", 1)])
        try store.sweep(at: World.start, counting: [("a x", 3)])
        #expect(try store.counters().map { "\($0.name)=\($0.number)" }.sorted() == ["a x=5", "b=1"])
        #expect(try store.summary(at: World.start).generation == 0)
    }

    @Test("each event is counted once, however often the cache is swept")
    func events() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        for _ in 0..<3 { try cache.store.sweep(at: World.start) }
        try cache.accept(Body.keys("ABC"), for: source, at: World.start + 60)
        try cache.store.sweep(at: World.start + 60)
        let counts = Dictionary(uniqueKeysWithValues: try cache.store.eventCounts().map { ($0.kind, $0.number) })
        let events = try cache.store.events(limit: 1000)
        for kind in EventKind.allCases {
            #expect((counts[kind.rawValue] ?? 0) == Int64(events.count { $0.kind == kind.rawValue }), "\(kind)")
        }
        #expect(counts["key.added"] == 3)
    }
}
