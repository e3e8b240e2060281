import Encoding
import Testing

@testable import KeyCache

@Suite("Claims")
struct ClaimTests {
    private let due = World.start + World.hour

    private func claim(
        _ cache: TemporaryStore,
        _ source: Source,
        as owner: Int64 = 1,
        isAsked: Bool = false,
        at time: UnixTime
    ) throws -> ClaimAnswer {
        try cache.store.claim(source, as: owner, for: 40, isAsked: isAsked, at: time)
    }

    /// Asks with a second store of its own on the same file, as another process would.
    private func other(_ cache: TemporaryStore, _ source: Source, at time: UnixTime) throws -> ClaimAnswer {
        try KeyStore.open(path: cache.path).claim(source, as: 2, for: 40, at: time)
    }

    @Test("one process fetches a source, the other leaves it alone")
    func single() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        #expect(try claim(cache, source, at: World.start) == .granted)
        #expect(try other(cache, source, at: World.start) == .taken)
        #expect(try cache.store.dueSources(at: World.start).isEmpty)
        try cache.accept(Body.keys("A"), for: source)
        #expect(try other(cache, source, at: World.start) == .notDue)
        #expect(try other(cache, source, at: due) == .granted)
    }

    @Test("of twenty processes that ask at once one is let through")
    func race() async throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let path = cache.path
        let answers = try await withThrowingTaskGroup(of: ClaimAnswer.self) { group in
            for owner in 1...20 {
                group.addTask {
                    try KeyStore.open(path: path).claim(source, as: Int64(owner), for: 40, at: World.start)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0 == .granted } == 1)
        #expect(answers.count { $0 == .taken } == 19)
    }

    @Test("a claim ends with its outcome, when given back, and by itself")
    func ends() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        #expect(try claim(cache, source, at: World.start) == .granted)
        try cache.store.releaseClaims(of: 7)
        #expect(try other(cache, source, at: World.start) == .taken)
        try cache.store.releaseClaims(of: 1)
        #expect(try claim(cache, source, at: World.start) == .granted)
        #expect(try other(cache, source, at: World.start + 39) == .taken)
        #expect(try other(cache, source, at: World.start + 40) == .granted)
    }

    @Test("a claim from a clock that had run wild stands against nobody")
    func wildClock() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        #expect(try claim(cache, source, at: World.start + World.day) == .granted)
        #expect(try other(cache, source, at: World.start) == .granted)
    }

    @Test("an operator's wish needs nothing to be due, and still waits for another's claim")
    func asked() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        #expect(try claim(cache, source, at: World.start + 1) == .notDue)
        #expect(try claim(cache, source, isAsked: true, at: World.start + 1) == .granted)
        #expect(try claim(cache, source, as: 2, isAsked: true, at: World.start + 1) == .taken)
    }

    @Test("what a killed run left claimed is free for the next that has the lock; a daemon's claim stands")
    func dead() throws {
        let cache = try TemporaryStore()
        let (one, two) = (try cache.source(), try cache.source(.organisation))
        #expect(try claim(cache, one, as: -7, at: World.start) == .granted)
        #expect(try claim(cache, two, as: 7, at: World.start) == .granted)
        #expect(try other(cache, one, at: World.start) == .taken)
        try cache.store.releaseClaimsOfTheDead()
        #expect(try other(cache, one, at: World.start) == .granted)
        #expect(try other(cache, two, at: World.start) == .taken)
    }

    @Test("a clock that was set back takes the plan along")
    func setBack() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        try cache.store.followClock(back: 600)
        let after = try cache.current(source.url)
        #expect(after.nextDue == World.start - 158)
        #expect(after.lastAttempt == World.start - 600)
        #expect(after.lastSuccess == World.start)
        #expect(after.usableUntil == World.start + World.day)
    }
}
