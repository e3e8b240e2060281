import Encoding
import JOSE
import Testing

@testable import KeyCache

@Suite("A clock that goes back is not believed")
struct TimeFloorTests {
    let later = World.start + World.day

    @Test("the floor is the latest time recorded, by success or failure")
    func floor() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source, at: later)
        #expect(try cache.store.timeFloor() == later)
        try cache.store.failed(source, error: "timeout", at: later + 5)
        #expect(try cache.store.timeFloor() == later + 5)
        try cache.store.failed(source, error: "timeout", at: World.start)
        #expect(try cache.store.timeFloor() == later + 5)
    }

    @Test("a set that is too old does not become young again")
    func judged() throws {
        let cache = try TemporaryStore()
        let (old, new) = (try cache.source(url: "https://k/old"), try cache.source(url: "https://k/new"))
        try cache.accept(Body.keys("A"), for: old)
        try cache.accept(Body.keys("B"), for: new, at: later + World.day)
        let snapshot = try cache.snapshot(at: World.start + 60)
        #expect(snapshot.builtAt == later + World.day)
        #expect(snapshot.judged(World.start + 60) == later + World.day)
        #expect(snapshot.keySet(old.url)?.state(at: snapshot.judged(World.start + 60)) == .unusable)
    }

    @Test("a sweep that finds nothing to move has seen the time too")
    func swept() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        #expect(try cache.store.sweep(at: later) == 0)
        let snapshot = try cache.snapshot(at: World.start + 60)
        #expect(snapshot.builtAt == later)
        #expect(snapshot.keySet(source.url)?.state(at: snapshot.judged(World.start + 60)) == .unusable)
    }

    @Test("what is accepted under such a clock is dated by the floor, and tried again by the clock")
    func accepted() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source, at: later)
        try cache.accept(Body.keys("AB"), for: source, at: World.start)
        let after = try cache.current(source.url)
        #expect(after.lastSuccess == later)
        #expect(after.usableUntil == later + World.day)
        #expect(after.lastAttempt == World.start)
        #expect(after.nextDue == World.start + 765)
    }

    @Test("the summary tells, and an operator may reset")
    func reported() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source, at: later)
        let summary = try cache.store.summary(at: World.start)
        #expect(summary.clockBehind == World.day)
        #expect(summary.judgedAt == later)
        try cache.store.resetTimeFloor(to: World.start)
        #expect(try cache.store.summary(at: World.start).clockBehind == 0)
        #expect(try cache.events().last == "clock.floor_reset")
    }
}
