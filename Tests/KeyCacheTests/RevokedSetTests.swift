import Crypto
import Encoding
import JOSE
import Testing

@testable import KeyCache

@Suite("Revoked sets")
struct RevokedSetTests {
    let later = World.start + World.hour

    @Test("a listed key is revoked at once, everywhere in its organisation, and nowhere else")
    func scope() throws {
        let cache = try TemporaryStore()
        let software = try cache.source(.software)
        let organisation = try cache.source(.organisation)
        let foreign = try cache.source(
            .software,
            url: "https://keystore.example/x.jwks",
            organisation: "x",
            software: "y"
        )
        for source in [software, organisation, foreign] { try cache.accept(Body.keys("AB"), for: source) }
        let revoked = try cache.source(.organisationRevoked)
        let outcome = try cache.accept(Body.keys("A"), for: revoked, at: later)
        #expect(outcome == .updated(added: 1, removed: 0, revoked: 2))
        #expect(try cache.standing("A", in: software, now: later) == .revoked(at: later))
        #expect(try cache.standing("A", in: organisation, now: later) == .revoked(at: later))
        #expect(try cache.standing("A", in: foreign, now: later) == .usable)
        #expect(try cache.standing("B", in: software, now: later) == .usable)
    }

    @Test("revoked is for good: the key re-appears, the revoked set is emptied, nothing helps")
    func absorbing() throws {
        let cache = try TemporaryStore()
        let (source, revoked) = (try cache.source(), try cache.source(.softwareRevoked))
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.keys("A"), for: revoked, at: later)
        try cache.accept(Body.keys("B"), for: source, at: later + 60)
        try cache.accept(Body.keys(""), for: revoked, at: later + 120)
        try cache.accept(Body.keys("ABC"), for: source, at: later + 180)
        #expect(try cache.standing("A", in: source, now: later + 180) == .revoked(at: later))
        let snapshot = try cache.snapshot(at: later + 180)
        #expect(snapshot.keySet(revoked.url)?.contains(spki: World.spki("A")) == true)
    }

    @Test("a key listed after it was revoked is revoked from the first")
    func lateListing() throws {
        let cache = try TemporaryStore()
        let (source, revoked) = (try cache.source(), try cache.source(.softwareRevoked))
        try cache.accept(Body.keys("A"), for: revoked)
        #expect(try cache.accept(Body.keys("AB"), for: source, at: later) == .updated(added: 2, removed: 0, revoked: 1))
        #expect(try cache.standing("A", in: source, now: later) == .revoked(at: later))
    }

    @Test("retired and archived keys are revoked as well")
    func retired() throws {
        let cache = try TemporaryStore()
        let (source, revoked) = (try cache.source(), try cache.source(.softwareRevoked))
        try cache.accept(Body.keys("ABC"), for: source)
        try cache.accept(Body.keys("BC"), for: source, at: World.start + 60)
        try cache.store.sweep(at: World.start + 2 * World.day)
        try cache.accept(Body.keys("C"), for: source, at: World.start + 2 * World.day)
        let time = World.start + 2 * World.day + 60
        try cache.accept(Body.keys("AB"), for: revoked, at: time)
        #expect(try cache.standing("A", in: source, signedAt: World.start, now: time) == .revoked(at: time))
        #expect(try cache.standing("B", in: source, signedAt: World.start, now: time) == .revoked(at: time))
    }

    @Test("an entry that can be read only by its kid revokes what bears that kid")
    func unreadableEntry() throws {
        let cache = try TemporaryStore()
        let (source, revoked) = (try cache.source(), try cache.source(.softwareRevoked))
        try cache.accept(Body.keys("AB"), for: source)
        try cache.accept(Body.set([#"{"kty":"EC","kid":"A"}"#]), for: revoked, at: later)
        #expect(try cache.standing("A", in: source, now: later) == .revoked(at: later))
        #expect(try cache.standing("B", in: source, now: later) == .usable)
    }

    @Test("an empty revoked set is the usual one")
    func empty() throws {
        let cache = try TemporaryStore()
        let revoked = try cache.source(.organisationRevoked)
        try cache.accept(Body.keys("A"), for: revoked)
        #expect(try cache.accept(Body.keys(""), for: revoked, at: later) == .updated(added: 0, removed: 0, revoked: 0))
        #expect(try cache.store.holds().isEmpty)
    }

    struct Lookup: CustomTestStringConvertible, Sendable {
        let name: String
        var organisation: String?
        var software: String?
        let isRevoked: Bool
        var testDescription: String { name }
    }

    @Test(
        "looked up by key, certificate and kid",
        arguments: [
            Lookup(name: "the organisation", organisation: "org", isRevoked: true),
            Lookup(name: "the software", organisation: "elsewhere", software: "soft", isRevoked: true),
            Lookup(name: "both", organisation: "org", software: "soft", isRevoked: true),
            Lookup(name: "another organisation", organisation: "org2", isRevoked: false),
            Lookup(name: "a prefix of the name", organisation: "or", isRevoked: false),
            Lookup(name: "nobody", isRevoked: false),
        ]
    )
    func lookup(_ row: Lookup) throws {
        let cache = try TemporaryStore()
        let certificate = World.certificate("A")
        let revoked = try cache.source(.softwareRevoked)
        try cache.accept(Body.set([Body.key("A", use: "tls", certificate: certificate)]), for: revoked)
        let snapshot = try cache.snapshot()
        let (organisation, software) = (row.organisation.map { ByteSlice($0) }, row.software.map { ByteSlice($0) })
        let expected = row.isRevoked ? World.start : nil
        #expect(snapshot.revokedAt(spki: World.spki("A"), organisation: organisation, software: software) == expected)
        #expect(
            snapshot.revokedAt(certificate: .of(certificate), organisation: organisation, software: software)
                == expected
        )
        #expect(snapshot.revokedAt(kid: ByteSlice("A"), organisation: organisation, software: software) == expected)
        #expect(snapshot.revokedAt(spki: World.spki("B"), organisation: organisation, software: software) == nil)
    }

    @Test("a revoked key no longer binds its certificate; the revoked set still names it")
    func certificate() throws {
        let cache = try TemporaryStore()
        let certificate = World.certificate("A")
        let (source, revoked) = (try cache.source(), try cache.source(.softwareRevoked))
        let entry = Body.key("A", use: "tls", certificate: certificate)
        try cache.accept(Body.set([entry, Body.key("B")]), for: source)
        #expect(try cache.snapshot().keySet(source.url)?.contains(certificate: .of(certificate)) == true)
        try cache.accept(Body.set([entry]), for: revoked, at: later)
        let snapshot = try cache.snapshot(at: later)
        #expect(snapshot.keySet(source.url)?.contains(certificate: .of(certificate)) == false)
        #expect(snapshot.keySet(revoked.url)?.contains(certificate: .of(certificate)) == true)
    }
}
