import Encoding
import Testing

@testable import KeyCache

@Suite("Bodies that wait for an operator")
struct HoldTests {
    let later = World.start + World.hour

    @Test("a hold is listed with its body; the last good set ages on")
    func listed() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Body.keys("AB"), for: source)
        let good = try cache.current(source.url)
        try cache.accept(Body.keys("CD"), for: source, at: later)
        let hold = try #require(try cache.store.holds().first)
        #expect(hold.rule == .replacement)
        #expect(hold.url == source.url)
        #expect(hold.seen == 1)
        #expect(try cache.store.heldBody(hold.id) == Body.keys("CD"))
        let after = try cache.current(source.url)
        #expect(after.usableUntil == good.usableUntil)
        #expect(after.lastSuccess == good.lastSuccess)
        #expect(after.failureCount == 0)
        #expect(after.lastError == "held.replacement")
        #expect(try cache.standing("C", in: source, now: later) == .held)
    }

    @Test("the same body again is counted, another one starts anew")
    func counted() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Body.keys("AB"), for: source)
        for step in 0..<3 { try cache.accept(Body.keys("CD"), for: source, at: later + Int64(step) * 900) }
        #expect(try cache.store.holds().map(\.seen) == [3])
        try cache.accept(Body.keys(""), for: source, at: later + 4000)
        #expect(try cache.store.holds().map(\.rule) == [.empty])
        #expect(try cache.events().suffix(4) == ["hold.withdrawn", "set.held", "key.dropped", "key.dropped"])
    }

    @Test("accepted: it takes effect, and the old keys retire")
    func accepted() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("CD"), for: source, at: later, validators: Validators(etag: "\"c\""))
        let id = try #require(try cache.store.holds().first).id
        let outcome = try cache.store.acceptHold(id, World.word, at: later + 60, anchors: World.anchors)
        #expect(outcome == .updated(added: 2, removed: 2, revoked: 0))
        #expect(try cache.store.holds().isEmpty)
        #expect(try cache.standing("C", in: source, now: later + 60) == .usable)
        #expect(try cache.standing("A", in: source, signedAt: World.start, now: later + 60) == .usable)
        #expect(try cache.current(source.url).etag == "\"c\"")
        #expect(throws: KeyStoreError.unknownHold(id)) {
            try cache.store.acceptHold(id, World.word, at: later + 61, anchors: World.anchors)
        }
    }

    @Test("rejected: the very body is refused from then on, another may wait again")
    func rejected() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("CD"), for: source, at: later)
        try cache.store.rejectHold(try #require(try cache.store.holds().first).id, World.word, at: later)
        guard case .refused(let refusal) = try cache.accept(Body.keys("CD"), for: source, at: later + 900) else {
            Issue.record("a rejected body was not refused")
            return
        }
        #expect(refusal.code == "hold.rejected")
        guard case .held = try cache.accept(Body.keys("EF"), for: source, at: later + 1800) else {
            Issue.record("another body did not wait")
            return
        }
    }

    @Test("the source goes back: nothing waits any more", arguments: [true, false])
    func withdrawn(_ byNotModified: Bool) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("CD"), for: source, at: later)
        let outcome =
            byNotModified
            ? try cache.store.notModified(source, at: later + 900)
            : try cache.accept(Body.keys("AB"), for: source, at: later + 900)
        #expect(outcome == .unchanged)
        #expect(try cache.store.holds().isEmpty)
        #expect(try cache.current(source.url).lastSuccess == later + 900)
    }

    @Test("the same body stops waiting when what it removes has been revoked meanwhile")
    func overtaken() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys(""), for: source, at: later)
        #expect(try cache.store.holds().count == 1)
        try cache.accept(Body.keys("AB"), for: try cache.source(.softwareRevoked), at: later + 60)
        let outcome = try cache.accept(Body.keys(""), for: source, at: later + 120)
        #expect(outcome == .updated(added: 0, removed: 0, revoked: 0))
        #expect(try cache.store.holds().isEmpty)
    }

    struct Confirmation: CustomTestStringConvertible, Sendable {
        let name: String
        let sourceClass: SourceClass
        let times: [Int64]
        let waits: Bool
        var testDescription: String { name }
    }

    @Test(
        "an empty set is believed of a participant after a day",
        arguments: [
            Confirmation(name: "twice over a day", sourceClass: .software, times: [0, 86400], waits: true),
            Confirmation(name: "three times in an hour", sourceClass: .software, times: [0, 1800, 3600], waits: true),
            Confirmation(name: "three times over a day", sourceClass: .software, times: [0, 900, 86400], waits: false),
            Confirmation(name: "never of the directory", sourceClass: .directory, times: [0, 900, 86400], waits: true),
        ]
    )
    func confirmed(_ row: Confirmation) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(row.sourceClass)
        try cache.accept(Body.keys("AB"), for: source)
        for time in row.times { try cache.accept(Body.keys(""), for: source, at: later + time) }
        #expect(try cache.store.holds().isEmpty == !row.waits)
    }

    @Test("a key condemned by a body that waits does not wait")
    func condemned() throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.set([Body.leaked("A"), Body.key("C", kid: "C")]), for: source, at: later)
        #expect(try cache.standing("A", in: source, now: later) == .held)
        #expect(try cache.standing("B", in: source, now: later) == .usable)
        #expect(try cache.store.holds().map(\.rule) == [.replacement])
    }
}
