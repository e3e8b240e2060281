import Crypto
import Encoding
import GRDB
import JOSE
import Testing

@testable import KeyCache

@Suite("The life of a listing")
struct ListingTests {
    @Test("only these moves are allowed")
    func moves() {
        let allowed: [ListingState: Set<ListingState>] = [
            .pending: [.active, .dropped, .expired, .quarantined, .revoked],
            .dropped: [.active, .pending, .expired, .quarantined, .revoked],
            .active: [.retired, .expired, .quarantined, .revoked],
            .retired: [.active, .archived, .expired, .quarantined, .revoked],
            .archived: [.active, .retired, .expired, .quarantined, .revoked],
            .expired: [.active, .retired, .archived, .quarantined, .revoked],
            .quarantined: [.active, .retired, .archived, .expired, .revoked],
            .revoked: [],
        ]
        for state in ListingState.allCases {
            #expect(Set(ListingState.allCases.filter(state.mayBecome)) == allowed[state])
        }
    }

    /// What the rows of a key say: state, valid time, recorded time.
    private func history(_ cache: TemporaryStore, _ letter: Character) throws -> [String] {
        try cache.store.file.read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT state, from_low, from_high, to_low, to_high, recorded_from, recorded_to FROM listing
                    WHERE spki_sha256 = ? ORDER BY id
                    """,
                arguments: [Blob(World.spki(letter).bytes)]
            )
            .map { row in
                let times = (1...6).map { (row[$0] as Int64?).map { String($0 - World.start) } ?? "-" }
                return "\(row[0] as String) \(times.joined(separator: " "))"
            }
        }
    }

    @Test("came, left, came back, left for good: every row is there, none was rewritten")
    func bitemporal() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let bodies = [(0, "A"), (100, "AB"), (200, "A"), (300, "AB"), (400, "A")]
        for (time, letters) in bodies {
            try cache.accept(Body.keys(letters), for: source, at: World.start + Int64(time))
        }
        try cache.store.sweep(at: World.start + 2000)
        #expect(
            try history(cache, "B") == [
                "active 0 100 - - 100 200",
                "retired 0 100 100 200 200 300",
                "active 200 300 - - 300 400",
                "retired 200 300 300 400 400 2000",
                "archived 200 300 300 400 2000 -",
            ]
        )
        #expect(try history(cache, "A") == ["active - 0 - - 0 -"])
        #expect(
            try cache.events().filter { $0.hasPrefix("key.") } == [
                "key.added", "key.added", "key.retired", "key.returned", "key.retired", "key.archived",
            ]
        )
    }

    struct Grace: CustomTestStringConvertible, Sendable {
        let name: String
        let sourceClass: SourceClass
        var watched = false
        let grace: Int64
        var testDescription: String { name }
    }

    @Test(
        "grace",
        arguments: [
            Grace(name: "directory: three days", sourceClass: .directory, grace: 72 * 3600),
            Grace(name: "software, revocation not watched", sourceClass: .software, grace: 900),
            Grace(name: "software, revocation watched", sourceClass: .software, watched: true, grace: 86400),
            Grace(name: "organisation, revocation watched", sourceClass: .organisation, watched: true, grace: 86400),
        ]
    )
    func grace(_ row: Grace) throws {
        let cache = try TemporaryStore()
        let source = try cache.source(row.sourceClass)
        if row.watched { _ = try cache.source(.organisationRevoked) }
        try cache.accept(Body.keys("AB"), for: source)
        let left = World.start + 60
        try cache.accept(Body.keys("B"), for: source, at: left)
        let last = left + row.grace
        #expect(try cache.standing("A", in: source, signedAt: World.start, now: last) == .usable)
        let over = try cache.standing("A", in: source, signedAt: World.start, now: last + 1)
        #expect(over == .retired(lastSeen: World.start))
        #expect(try cache.store.sweep(at: last) == 0)
        #expect(try cache.store.sweep(at: last + 1) == 1)
        #expect(try cache.standing("A", in: source, signedAt: World.start, now: last + 1) == over)
    }

    @Test("a certificate that ends takes its key along (C15)")
    func expiry() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let end = World.start + World.hour
        let certificate = World.certificate("A", notAfter: end)
        try cache.accept(Body.set([Body.key("A", certificate: certificate), Body.key("B")]), for: source)
        #expect(try cache.standing("A", in: source, now: end) == .usable)
        #expect(try cache.standing("A", in: source, now: end + 1) == .expired(at: end))
        #expect(try cache.store.sweep(at: end + 1) == 1)
        #expect(try cache.standing("A", in: source, now: end + 1) == .expired(at: end))
        let renewed = World.certificate("A", serial: 0x52)
        try cache.accept(
            Body.set([Body.key("A", certificate: renewed), Body.key("B")]),
            for: source,
            at: end + 60
        )
        #expect(try cache.standing("A", in: source, now: end + 60) == .usable)
    }

    @Test("a snapshot that outlives a certificate knows it")
    func expiryInsideSnapshot() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let end = World.start + World.hour
        try cache.accept(Body.set([Body.key("A", certificate: World.certificate("A", notAfter: end))]), for: source)
        let snapshot = try cache.snapshot()
        let set = try #require(snapshot.keySet(source.url))
        let key = try #require(set.keys.first)
        #expect(snapshot.standing(of: key, in: set, signedAt: end, now: end) == .usable)
        #expect(snapshot.standing(of: key, in: set, signedAt: end, now: end + 1) == .expired(at: end))
    }

    @Test("another key's certificate quarantines the key, a good set frees it (C13)")
    func quarantine() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        let wrong = Body.set([Body.key("A", certificate: World.certificate("B")), Body.key("B")])
        try cache.accept(wrong, for: source, at: World.start + 60)
        #expect(try cache.standing("A", in: source, now: World.start + 60) == .held)
        try cache.accept(Body.keys("AB"), for: source, at: World.start + 120)
        #expect(try cache.standing("A", in: source, now: World.start + 120) == .usable)
        #expect(try cache.events().contains("key.quarantined"))
    }

    @Test("renewing a certificate on the same key is a change, not a new key")
    func renewal() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let (old, new) = (World.certificate("A"), World.certificate("A", serial: 0x52))
        try cache.accept(Body.set([Body.key("A", use: "tls", certificate: old)]), for: source)
        let outcome = try cache.accept(
            Body.set([Body.key("A", use: "tls", certificate: new)]),
            for: source,
            at: World.start + 60
        )
        #expect(outcome == .updated(added: 0, removed: 0, revoked: 0))
        let set = try #require(try cache.snapshot(at: World.start + 60).keySet(source.url))
        #expect(set.contains(certificate: .of(new), use: .tls))
        #expect(!set.contains(certificate: .of(old)))
        #expect(try cache.events().contains("key.changed"))
    }

    @Test("what the set says of a key survives the store")
    func attributes() throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        let entry = Body.key("A", extra: #","alg":"ES256","key_ops":["verify"]"#)
        try cache.accept(Body.set([entry, Body.key("B", use: "enc")]), for: source)
        let set = try #require(try cache.snapshot().keySet(source.url))
        let key = try #require(set.candidates(kid: ByteSlice("A")).first)
        #expect(key.use == .sig)
        #expect(key.algorithm == "ES256")
        #expect(key.keyOperations == .verify)
        #expect(key.refusal(for: .ES256) == nil)
        #expect(key.refusal(for: .ES384) == .algorithm("ES256"))
        #expect(key.thumbprint == Thumbprint.sha256(World.pair("A").publicKey.material))
        #expect(set.candidates(kid: ByteSlice("B")).first?.use == .enc)
    }

    @Test(
        "the chain of events shows tampering",
        arguments: ["UPDATE event SET data = '{}' WHERE seq = 2", "DELETE FROM event WHERE seq = 2"]
    )
    func tampering(_ sql: String) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        #expect(try cache.store.firstBrokenEvent() == nil)
        try cache.store.file.write(.full) { db in try db.execute(sql: sql) }
        #expect(try cache.store.firstBrokenEvent() == 2)
    }

    @Test(
        "a key that vouched for nothing gets no grace when it leaves",
        arguments: [
            Body.leaked("A"), Body.key("A", extra: ",\"exp\":\(World.start + 30)"),
        ]
    )
    func noGrace(_ last: String) throws {
        let cache = try TemporaryStore()
        let source = try cache.source()
        try cache.accept(Body.keys("AB"), for: source)
        let (ended, left) = (World.start + 60, World.start + 120)
        try cache.accept(Body.set([last, Body.key("B")]), for: source, at: ended)
        #expect(try cache.standing("A", in: source, signedAt: World.start, now: ended) != .usable)
        try cache.accept(Body.keys("B"), for: source, at: left)
        let standing = try cache.standing("A", in: source, signedAt: World.start, now: left)
        guard case .retired = standing else {
            Issue.record("\(String(describing: standing))")
            return
        }
    }
}
