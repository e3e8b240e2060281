import Crypto
import Encoding
import JOSE
import PKIX
import Testing

@testable import KeyCache

@Suite("Removals with care")
struct CareTests {
    let later = World.start + World.hour

    @Test("a participant's new keys count at once, the old ones until the same set comes again after 15 minutes")
    func replaced() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        for (time, waits) in [(later, true), (later + 899, true), (later + 900, false)] {
            try cache.accept(Body.keys("CD"), for: source, at: time)
            #expect(try cache.store.holds().isEmpty == !waits)
            #expect(try cache.standing("C", in: source, now: time) == .usable)
            #expect((try cache.standing("A", in: source, now: time) == .usable) == waits)
        }
    }

    @Test("a second set without the old keys does not confirm the first one")
    func changing() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("CD"), for: source, at: later)
        try cache.accept(Body.keys("CE"), for: source, at: later + 900)
        #expect(try cache.standing("A", in: source, now: later + 900) == .usable)
        try cache.accept(Body.keys("CE"), for: source, at: later + 1800)
        #expect(try cache.store.holds().isEmpty)
        #expect(try cache.standing("A", in: source, now: later + 1800) != .usable)
    }

    @Test("the set goes back: what came meanwhile goes", arguments: [true, false])
    func goesBack(_ byNotModified: Bool) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("CD"), for: source, at: later)
        try cache.accept(Body.keys(""), for: source, at: later + 60)
        if byNotModified {
            _ = try cache.store.notModified(source, at: later + 120)
        } else {
            try cache.accept(Body.keys("AB"), for: source, at: later + 120)
        }
        #expect(try cache.store.holds().isEmpty)
        #expect(try cache.standing("A", in: source, now: later + 120) == .usable)
        #expect(try cache.standing("C", in: source, now: later + 120) == .retired(lastSeen: later))
    }

    @Test("an operator turns a replacement away: its keys wait, and the same set is refused")
    func rejected() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("CD"), for: source, at: later)
        let hold = try #require(try cache.store.holds().first)
        try cache.store.rejectHold(hold.id, World.word, at: later)
        #expect(try cache.standing("C", in: source, now: later) == .held)
        #expect(try cache.standing("A", in: source, now: later) == .usable)
        #expect(
            try cache.store.events(limit: 9).contains {
                $0.kind == "hold.rejected" && $0.data.contains("\"by\":\"ops\"")
            }
        )
    }

    @Test("keys of a directory's set that waits are pending, then in use, or dropped", arguments: [true, false])
    func pending(_ isAccepted: Bool) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(.directory)
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("CD"), for: source, at: later)
        #expect(try cache.standing("C", in: source, now: later) == .held)
        let id = try #require(try cache.store.holds().first).id
        if isAccepted {
            _ = try cache.store.acceptHold(id, World.word, at: later, anchors: World.anchors)
            #expect(try cache.standing("C", in: source, now: later) == .usable)
        } else {
            try cache.store.rejectHold(id, World.word, at: later)
            #expect(try cache.standing("C", in: source, now: later) == nil)
        }
        let record = try #require(try cache.store.keys(KeyQuery(kid: "C")).first)
        #expect(record.changes.map(\.state) == [.pending, isAccepted ? .active : .dropped])
    }

    @Test("the same key under another kid is no replacement")
    func rekeyed() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let outcome = try cache.accept(Body.set([Body.key("A", kid: "new")]), for: source, at: later)
        #expect(outcome == .updated(added: 1, removed: 1, revoked: 0))
    }

    @Test("six sets of a host emptied in half an hour hold all its removals; five do not", arguments: [5, 6])
    func fleet(_ emptied: Int) throws {
        let cache = try TemporaryStore()
        let sources = try (0..<20).map { number in
            try cache.source(url: "https://keystore.example/\(number).jwks", organisation: "o\(number)")
        }
        for source in sources { try cache.accept(Body.keys("AB"), for: source) }
        for source in sources.prefix(emptied) { try cache.accept(Body.keys(""), for: source, at: later) }
        let isTripped = emptied > 5
        #expect(try cache.store.fleetAlerts().map(\.affected) == (isTripped ? [6] : []))
        let other = sources[19]
        let outcome = try cache.accept(Body.keys("AC"), for: other, at: later + 60)
        if isTripped {
            guard case .held(_, .fleet) = outcome else {
                Issue.record("a removal was not held: \(outcome)")
                return
            }
            #expect(try cache.standing("B", in: other, now: later + 60) == .usable)
        } else {
            #expect(outcome == .updated(added: 1, removed: 1, revoked: 0))
        }
        #expect(try cache.standing("C", in: other, now: later + 60) == .usable)
        for source in sources.prefix(emptied) { try cache.accept(Body.keys("AB"), for: source, at: later + 120) }
        #expect(try cache.store.fleetAlerts().isEmpty)
        try cache.accept(Body.keys("AC"), for: other, at: later + 180)
        #expect(try cache.store.holds().isEmpty)
        let kinds = try cache.events()
        #expect(kinds.contains("fleet.tripped") == isTripped)
        #expect(kinds.contains("fleet.cleared") == isTripped)
    }

    @Test("limits of the configuration count from the next look, not from the next fetch")
    func settingsChange() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        var settings = CacheSettings()
        settings.software = ClassLimits(minimum: 60, every: 60, staleAfter: 120, unusableAfter: 600)
        let reader = try KeyStore.openReadOnly(path: cache.path, settings: settings)
        #expect(try reader.source(source.url)?.state(at: World.start + 130) == .stale)
        #expect(try reader.source(source.url)?.state(at: World.start + 600) == .unusable)
        let snapshot = try Snapshot.load(reader, anchors: World.anchors, at: World.start + 1)
        #expect(snapshot.keySet(source.url)?.state(at: World.start + 600) == .unusable)
        #expect(try cache.current(source.url).state(at: World.start + 600) == .fresh)
    }
}

extension KeyQuery {
    init(kid: String) {
        self.init()
        self.kid = Array(kid.utf8)
    }
}
