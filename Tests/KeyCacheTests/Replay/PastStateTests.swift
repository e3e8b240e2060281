import Crypto
import Encoding
import PKIX
import Testing

@testable import KeyCache

/// States of the cache that are over, told again.
@Suite("Past states")
struct PastStateTests {
    let minute = World.minute
    let stranger = World.certificate("H", serial: 0x60)

    /// A moment of a cache, kept when it was the present.
    struct Kept {
        let state: CacheState
        let builtAt: UnixTime
        let anchors: TrustAnchors
        let portrait: [String]
    }

    /// What happens one after another; each line in words.
    private func life(_ cache: TemporaryStore) throws -> [(words: String, act: (UnixTime) throws -> Void)] {
        let directory = try cache.source(.directory)
        let (software, revoked) = (try cache.source(.software), try cache.source(.softwareRevoked))
        let (organisation, list) = (try cache.source(.organisation), try cache.source(.crl))
        let (a, b) = (World.certificate("A", serial: 0x51), World.certificate("B", serial: 0x52))
        func set(_ entries: String...) -> [UInt8] { Body.set(entries) }
        let tlsA = Body.key("A", use: "tls", certificate: a)
        let tlsB = Body.key("B", use: "tls", certificate: b)
        func accept(_ body: [UInt8], _ source: Source) -> (UnixTime) throws -> Void {
            { try cache.accept(body, for: source, at: $0) }
        }
        func crl(_ number: UInt64, _ revoked: [UInt8], reason: UInt8 = 4) -> (UnixTime) throws -> Void {
            {
                let body = World.list(
                    number: number,
                    thisUpdate: $0,
                    nextUpdate: $0 + World.day,
                    revoked: revoked,
                    reason: reason
                )
                try cache.accept(body, for: list, at: $0)
            }
        }
        return [
            ("the directory's set", accept(Body.keys("CD"), directory)),
            ("an empty set of revoked keys", accept(Body.keys(""), revoked)),
            ("the software's set", accept(set(tlsA, Body.key("E")), software)),
            ("a first list", crl(1, [0x10])),
            ("the software's set confirmed", { _ = try cache.store.notModified(software, at: $0) }),
            ("a key more", accept(set(tlsA, tlsB, Body.key("E"), Body.key("F")), software)),
            ("the organisation's set", accept(set(tlsB), organisation)),
            ("a suspension and a stranger on the list", crl(2, [0x10, 0x52, 0x60], reason: 6)),
            ("the suspension lifted", crl(3, [0x10, 0x60])),
            ("a directory key rotated", accept(Body.keys("DG"), directory)),
            ("a key revoked by its set", accept(Body.keys("F"), revoked)),
            ("a certificate revoked by the list", crl(4, [0x10, 0x51])),
            ("all keys of the software gone", accept(Body.keys("H"), software)),
            ("the same again, which confirms it", accept(Body.keys("H"), software)),
            (
                "an operator's word",
                { try cache.store.revoke(.init(.key(World.spki("G")), reason: .superseded, World.word), at: $0) }
            ),
            ("a failure", { try cache.store.failed(software, error: "timeout", at: $0) }),
            ("a sweep", { try cache.store.sweep(at: $0) }),
            ("the organisation's set confirmed", { _ = try cache.store.notModified(organisation, at: $0) }),
            ("a list with nobody", crl(5, [])),
        ]
    }

    @Test("each state of a life is told again as it was, at its end")
    func told() throws {
        let cache = try TemporaryStore()
        var kept: [(words: String, moment: Kept)] = []
        for (number, step) in try life(cache).enumerated() {
            let time = World.start + Int64(number) * 20 * minute
            try step.act(time)
            kept.append((step.words, try keep(cache, at: time)))
        }
        #expect(Set(kept.map(\.moment.portrait)).count > 15, "hardly anything happened")
        for (words, moment) in kept { #expect(try again(cache, moment) == moment.portrait, "\(words)") }
    }

    @Test("a verdict on a path that other anchors or an issuer turned later is told as it was")
    func vetting() throws {
        let cache = try TemporaryStore()
        let rootOnly = World.sure { try TrustAnchors.load([World.root]) }
        let leaf = World.certificate("A")
        let source = try cache.source()
        func body(_ chain: [[UInt8]]) -> [UInt8] {
            let texts = chain.map { "\"\(Base64.encode($0))\"" }.joined(separator: ",")
            return Body.set([Body.key("A", use: "tls", extra: ",\"x5c\":[\(texts)]")])
        }
        try cache.accept(body([leaf]), for: source, anchors: rootOnly)
        let first = try keep(cache, at: World.start, rootOnly)
        try cache.accept(body([leaf, World.issuer]), for: source, at: World.start + minute, anchors: rootOnly)
        let second = try keep(cache, at: World.start + minute, rootOnly)
        try cache.store.vetAnew(anchors: World.otherAnchors, at: World.start + 2 * minute)
        let third = try keep(cache, at: World.start + 2 * minute, World.otherAnchors)
        #expect(Set([first, second, third].map(\.portrait)).count == 3)
        for moment in [first, second, third] { #expect(try again(cache, moment) == moment.portrait) }
        for anchors in [rootOnly, World.otherAnchors] {
            try cache.store.keep(anchors)
            try cache.store.keep(anchors)
            #expect(try cache.store.anchors(anchors.digest)?.digest == anchors.digest)
        }
        #expect(try cache.store.anchors(World.anchors.digest) == nil)
    }

    @Test("what a migration asks of the past is pinned to the state it was asked in")
    func history() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        let early = try cache.snapshot()
        let order = RevocationOrder(.key(World.spki("A")), reason: .keyCompromise, World.word)
        try cache.store.revoke(order, at: World.start + minute)
        try cache.accept(Body.keys("B"), for: source, at: World.start + 20 * minute)
        func state(_ history: KeyHistory) throws -> ListingState? {
            try history.keys(url: ByteSlice(source.url), kid: ByteSlice("A")).first?.state(at: World.start)
        }
        #expect(try state(cache.store.history()) == .revoked)
        #expect(try state(cache.store.history(in: early)) == .active)
        let told = try Snapshot.load(cache.store, anchors: World.anchors, in: early.state, at: World.start)
        #expect(try state(cache.store.history(in: told)) == .active)
    }

    @Test("states that never were, and those that are kept no more, are named")
    func bounds() throws {
        var settings = CacheSettings()
        settings.replayTime = 2 * World.day
        let cache = try TemporaryStore(settings: settings)
        let (source, list) = (try cache.source(), try cache.source(.crl))
        try cache.accept(Body.keys("A"), for: source)
        try cache.accept(World.list(), for: list)
        let first = try keep(cache, at: World.start)
        try cache.accept(World.list(number: 2, thisUpdate: World.start + 60), for: list, at: World.start + 60)
        #expect(try again(cache, first) == first.portrait)
        let future = CacheState(generation: 99, pulse: 1)
        #expect(throws: KeyStoreError.unknownGeneration(99, newest: 3)) {
            try Snapshot.load(cache.store, anchors: World.anchors, in: future, at: World.start)
        }
        #expect(throws: KeyStoreError.unknownGeneration(-1, newest: 3)) { try cache.store.state(of: -1) }
        let later = World.start + 3 * World.day
        try cache.accept(Body.keys("AB"), for: source, at: later)
        let last = try keep(cache, at: later)
        try cache.store.sweep(at: later)
        #expect(throws: KeyStoreError.notKept(2, first: 3)) { try again(cache, first) }
        // Of the list nothing came for three days; what it said last is still known.
        #expect(try again(cache, last) == last.portrait)
    }

    @Test("a generation stands for its last state")
    func generations() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        _ = try cache.store.notModified(source, at: World.start + minute)
        let first = try cache.snapshot(at: World.start + minute)
        try cache.accept(Body.keys("AB"), for: source, at: World.start + 2 * minute)
        #expect(try cache.store.state(of: 1) == first.state)
        #expect(try cache.store.state(of: 2) == cache.snapshot().state)
    }

    private func keep(
        _ cache: TemporaryStore,
        at time: UnixTime,
        _ anchors: TrustAnchors = World.anchors
    ) throws -> Kept {
        let snapshot = try cache.snapshot(at: time, anchors: anchors)
        return Kept(
            state: snapshot.state,
            builtAt: snapshot.builtAt,
            anchors: anchors,
            portrait: Portrait.of(snapshot, at: snapshot.builtAt, strangers: [stranger])
        )
    }

    private func again(_ cache: TemporaryStore, _ kept: Kept) throws -> [String] {
        let snapshot = try Snapshot.load(cache.store, anchors: kept.anchors, in: kept.state, at: kept.builtAt)
        return Portrait.of(snapshot, at: kept.builtAt, strangers: [stranger])
    }
}
