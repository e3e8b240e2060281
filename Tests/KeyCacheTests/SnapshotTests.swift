import Crypto
import Dispatch
import Encoding
import JOSE
import PKIX
import Synchronization
import Testing

@testable import KeyCache

@Suite("Snapshots")
struct SnapshotTests {
    let later = World.start + World.hour

    @Test("sets are found by their URL, byte for byte")
    func lookup() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        _ = try cache.source(.organisation)
        try cache.accept(Body.keys("AB"), for: source)
        let snapshot = try cache.snapshot()
        #expect(snapshot.keySet(ByteSlice(source.url))?.keys.count == 2)
        #expect(snapshot.keySet(source.url + "/") == nil)
        #expect(snapshot.keySet("https://keystore.example/organisation.jwks") == nil, "never fetched")
    }

    @Test("the directory's sets by environment")
    func directory() throws {
        let cache = try TemporaryStore()
        let seeds = [("https://p.example/d", "production"), ("https://s.example/d", "sandbox")].map {
            SourceSeed(url: $0.0, class: .directory, environment: $0.1, origin: .configuration)
        }
        try cache.store.upsert(seeds, at: World.start)
        for seed in seeds { try cache.accept(Body.keys("A"), for: try cache.current(seed.url)) }
        let snapshot = try cache.snapshot()
        #expect(snapshot.directorySets(environment: "sandbox").map(\.url) == ["https://s.example/d"])
        #expect(snapshot.directorySets().count == 2)
        #expect(snapshot.directorySets(environment: "moon").isEmpty)
    }

    @Test("freshness follows the clock without another build")
    func freshness() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("A"), for: source)
        let set = try #require(try cache.snapshot().keySet(source.url))
        #expect(set.state(at: World.start) == .fresh)
        #expect(set.state(at: World.start + 3600) == .stale)
        #expect(set.state(at: World.start + World.day) == .unusable)
        #expect(set.class == .software)
    }

    @Test("a vetted certificate carries its verdict through the store")
    func verdict() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let der = World.certificate("A")
        try cache.accept(Body.set([Body.key("A", use: "tls", certificate: der)]), for: source)
        let kept = try #require(try cache.snapshot().certificate(.of(der)))
        let fresh = try World.anchors.vet(der)
        #expect(kept.chainRecord == fresh.chainRecord)
        #expect(kept.chainRecord.isTrusted)
        #expect(kept.profile == fresh.profile)
        #expect(kept.faults == fresh.faults)
    }

    @Test("a certificate is made once, by whoever asks first, and outlives its snapshot in who holds it")
    func madeOnce() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let der = World.certificate("A")
        try cache.accept(Body.set([Body.key("A", use: "tls", certificate: der)]), for: source)
        var snapshot: Snapshot? = try cache.snapshot()
        Self.foresee(in: snapshot, .of(der), source.url)  // nothing was made yet
        Self.foresee(in: snapshot, .of([1]), "https://keystore.example/none.jwks")
        let asked = snapshot
        let found = Mutex<[TransportCertificate?]>([])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            let certificate = asked?.certificate(.of(der))
            found.withLock { $0.append(certificate) }
        }
        let all = found.withLock { $0 }
        let first = try #require(all.first ?? nil)
        #expect(all.count == 8 && all.allSatisfy { $0 === first })
        Self.foresee(in: snapshot, .of(der), source.url)
        let next = try Snapshot.load(cache.store, anchors: World.anchors, reusing: snapshot, at: World.start)
        #expect(next.certificate(.of(der)) === first)
        snapshot = nil
        #expect(next.certificate(.of(der)) === first)
        #expect(first.certificate.der == der)
    }

    /// Every step of bringing near a certificate, and the set of a URL with the key of a kid.
    private static func foresee(in snapshot: Snapshot?, _ certificate: SHA256Digest, _ url: String) {
        guard let snapshot else { return }
        snapshot.approach(certificate: certificate)
        snapshot.foreseePlace(of: certificate)
        snapshot.foresee(certificate: certificate)
        let set = snapshot.approach(ByteSlice(url))
        snapshot.foreseeSet(set)
        snapshot.foreseeTables(set)
        for kid in ["A", "none"] {
            snapshot.foreseeKey(set, kid: ByteSlice(kid))
            snapshot.foreseeContent(set, kid: ByteSlice(kid))
        }
    }

    @Test("other anchors: vetted again for the snapshot, and once for all by vetAnew")
    func otherAnchors() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let der = World.certificate("A")
        try cache.accept(Body.set([Body.key("A", use: "tls", certificate: der)]), for: source)
        #expect(try cache.snapshot(anchors: World.otherAnchors).certificate(.of(der))?.chainRecord.isTrusted == false)
        let generation = try cache.snapshot().generation
        #expect(try cache.store.vetAnew(anchors: World.anchors, at: World.start) == 0)
        #expect(try cache.store.vetAnew(anchors: World.otherAnchors, at: World.start) == 1)
        #expect(try cache.store.vetAnew(anchors: World.otherAnchors, at: World.start) == 0)
        #expect(try cache.snapshot().generation == generation + 1)
        #expect(try cache.snapshot().certificate(.of(der))?.chainRecord.isTrusted == true)
    }

    @Test("a certificate of no set is vetted on the spot, with the lists at hand")
    func vetOnTheSpot() throws {
        let cache = try TemporaryStore()
        try cache.accept(World.list(revoked: [0x61]), for: try cache.source(.crl))
        let snapshot = try cache.snapshot()
        let der = World.certificate("A", serial: 0x61)
        #expect(snapshot.certificate(.of(der)) == nil)
        let vetted = try snapshot.vet(der, now: World.start)
        #expect(vetted.chainRecord.isTrusted)
        #expect(vetted.revocation == .revoked(at: World.start - World.hour, reason: .keyCompromise))
        #expect(throws: CertificateFault.self) { try snapshot.vet([1, 2, 3], now: World.start) }
    }

    @Test("a usable key stands before others of its kid")
    func order() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        for (step, letter) in "ABCDEF".enumerated() {
            try cache.accept(Body.set([Body.key(letter, kid: "k")]), for: source, at: World.start + Int64(step))
        }
        let set = try #require(try cache.snapshot(at: World.start + 10).keySet(source.url))
        #expect(set.candidates(kid: ByteSlice("k")).first?.key.spkiSHA256 == World.spki("F"))
    }

    @Test("a key of another set, or of no set, is unlisted")
    func unlisted() throws {
        let cache = try TemporaryStore()
        let (one, other) = (try cache.source(), try cache.source(.organisation))
        for source in [one, other] { try cache.accept(Body.keys("A"), for: source) }
        let snapshot = try cache.snapshot()
        let (set, key) = (try #require(snapshot.keySet(one.url)), try #require(snapshot.keySet(other.url)?.keys.first))
        #expect(snapshot.standing(of: key, in: set, signedAt: World.start, now: World.start) == .unlisted)
    }

    @Test("one key in many sets is made once")
    func shared() throws {
        let cache = try TemporaryStore()
        let (one, other) = (try cache.source(), try cache.source(.organisation))
        for source in [one, other] { try cache.accept(Body.keys("A"), for: source) }
        let snapshot = try cache.snapshot()
        #expect(snapshot.keySet(one.url)?.keys.first?.key === snapshot.keySet(other.url)?.keys.first?.key)
    }

    @Test("the next snapshot takes over what did not change")
    func reuse() throws {
        let cache = try TemporaryStore()
        let (one, other) = (try cache.source(), try cache.source(.organisation))
        let der = World.certificate("A")
        for source in [one, other] { try cache.accept(Body.set([Body.key("A", certificate: der)]), for: source) }
        let first = try cache.snapshot()
        try cache.accept(Body.keys("AB"), for: other, at: later)
        _ = try cache.store.notModified(one, at: later)
        let second = try Snapshot.load(cache.store, anchors: World.anchors, reusing: first, at: later)
        #expect(second.keySet(one.url)?.keys.first === first.keySet(one.url)?.keys.first)
        #expect(second.keySet(one.url)?.fetchedAt == later)
        #expect(second.keySet(other.url)?.keys.count == 2)
        #expect(second.certificate(.of(der)) === first.certificate(.of(der)))
        #expect(second.generation == first.generation + 1)
        let whole = try cache.snapshot(at: later)
        #expect(whole.keySet(other.url)?.keys.map(\.kid) == second.keySet(other.url)?.keys.map(\.kid))
    }

    @Test("a new list is heard by certificates that were taken over")
    func reuseWithNewList() throws {
        let cache = try TemporaryStore()
        let (source, crl) = (try cache.source(), try cache.source(.crl))
        let der = World.certificate("A")
        try cache.accept(Body.set([Body.key("A", certificate: der)]), for: source)
        let first = try cache.snapshot()
        try cache.accept(World.list(revoked: [0x51]), for: crl, at: later)
        let second = try Snapshot.load(cache.store, anchors: World.anchors, reusing: first, at: later)
        #expect(
            second.certificate(.of(der))?.revocation == .revoked(at: World.start - World.hour, reason: .keyCompromise)
        )
        #expect(first.certificate(.of(der))?.revocation == .unknown, "a snapshot never changes")
    }

    @Test("generation counts changes of content, nothing else")
    func generation() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        #expect(try cache.snapshot().generation == 0)
        try cache.accept(Body.keys("A"), for: source)
        #expect(try cache.snapshot().generation == 1)
        try cache.accept(Body.keys("A"), for: source, at: later)
        try cache.store.failed(source, error: "timeout", at: later)
        try cache.accept(Body.text("{}"), for: source, at: later)
        #expect(try cache.snapshot().generation == 1)
        try cache.accept(Body.keys("AB"), for: source, at: later)
        #expect(try cache.snapshot().generation == 2)
    }
}
