import Crypto
import Encoding
import JOSE
import PKIX
import Testing

@testable import KeyCache

@Suite("An operator's word, and what lists said")
struct OperatorRevocationTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let target: RevocationOrder.Target
        /// The letters that are revoked, of A with a certificate and B without.
        let revoked: Set<Character>
        var testDescription: String { name }
    }

    @Test(
        "takes effect at once, also on what is listed later, and is not undone by any set",
        arguments: [
            Row(name: "a key", target: .key(World.spki("A")), revoked: ["A"]),
            Row(name: "a certificate", target: .certificate(.of(World.fixed)), revoked: ["A"]),
            Row(name: "an organisation", target: .organisation("org"), revoked: ["A", "B"]),
            Row(name: "a software", target: .software("soft"), revoked: ["A", "B"]),
            Row(name: "another organisation", target: .organisation("other"), revoked: []),
        ]
    )
    func order(_ row: Row) throws {
        for isEarly in [true, false] {
            let cache = try TemporaryStore()
            let source = try cache.source()
            let body = Body.set([Body.key("A", certificate: World.fixed), Body.key("B")])
            let order = RevocationOrder(row.target, reason: .keyCompromise, World.word)
            if isEarly { try cache.store.revoke(order, at: World.start) }
            try cache.accept(body, for: source)
            if !isEarly { #expect(try cache.store.revoke(order, at: World.start) == row.revoked.count) }
            try cache.accept(body + [0x20], for: source, at: World.start + 60)
            for letter in "AB" {
                let standing = try cache.standing(String(letter), in: source, now: World.start + 60)
                #expect(standing == (row.revoked.contains(letter) ? .revoked(at: World.start) : .usable), "\(letter)")
            }
            let event = try cache.store.events(limit: 20).first { $0.kind == "operator.revoked" }
            #expect(event?.data.contains("\"reason\":\"key_compromise\"") == true)
            #expect(event?.data.contains("\"why\":\"asked the directory\"") == true)
        }
    }

    @Test("an organisation's word reaches certificates and keys no set lists")
    func index() throws {
        let cache = try TemporaryStore()
        try cache.store.revoke(RevocationOrder(.organisation("org"), reason: .unspecified, World.word), at: World.start)
        let snapshot = try cache.snapshot()
        let (org, soft) = (ByteSlice("org"), ByteSlice("soft"))
        #expect(snapshot.revokedAt(spki: World.spki("A"), organisation: org, software: soft) == World.start)
        #expect(snapshot.revokedAt(spki: World.spki("A"), organisation: ByteSlice("x"), software: soft) == nil)
    }

    @Test("a certificate that leaves its list stays revoked; a suspension that is lifted does not", arguments: [1, 6])
    func lasting(_ reason: UInt8) throws {
        let cache = try TemporaryStore()
        let (source, crl) = (try cache.source(), try cache.source(.crl))
        try cache.accept(Body.set([Body.key("A", certificate: World.fixed), Body.key("B")]), for: source)
        try cache.accept(World.list(revoked: [0x51], reason: reason), for: crl)
        #expect(try cache.standing("A", in: source, now: World.start) == .revoked(at: World.start - World.hour))
        try cache.accept(World.list(number: 2), for: crl, at: World.start + 60)
        let standing = try cache.standing("A", in: source, now: World.start + 60)
        #expect(standing == (reason == 6 ? .usable : .revoked(at: World.start - World.hour)))
    }

    @Test("a reason a list gives explains what a revoked set says of the same certificate")
    func explained() throws {
        let cache = try TemporaryStore()
        let (source, crl) = (try cache.source(), try cache.source(.crl))
        let entry = Body.key("A", certificate: World.fixed)
        try cache.accept(Body.set([entry, Body.key("B")]), for: source)
        try cache.accept(Body.set([entry]), for: try cache.source(.softwareRevoked), at: World.start + 60)
        let url = ByteSlice(source.url)
        #expect(try cache.store.history().keys(url: url, kid: ByteSlice("A")).first?.revocation?.reason == nil)
        try cache.accept(World.list(revoked: [0x51], reason: 4), for: crl, at: World.start + 120)
        let key = try #require(try cache.store.history().keys(url: url, kid: ByteSlice("A")).first)
        #expect(key.revocation == KeyRevocation(at: World.start - World.hour, reason: .superseded))
    }

    @Test("the body of a replaced list is forgotten, the list in use is not")
    func pruned() throws {
        let cache = try TemporaryStore()
        let crl = try cache.source(.crl)
        for number in 1...3 { try cache.accept(World.list(number: UInt64(number)), for: crl) }
        let bodies = try cache.store.file.read { db in
            try Prepared.value(Int.self, db, sql: "SELECT count(*) FROM body")
        }
        #expect(bodies == 1)
        #expect(try cache.snapshot().lists.issuerCount == 1)
    }

    @Test("a list past its time is stale, unless the operator allows a grace", arguments: [0, 3600])
    func grace(_ seconds: Int64) throws {
        var settings = CacheSettings()
        settings.revocationListGrace = seconds
        let cache = try TemporaryStore(settings: settings)
        let (source, crl) = (try cache.source(), try cache.source(.crl))
        try cache.accept(Body.set([Body.key("A", certificate: World.fixed)]), for: source)
        let end = World.start + World.hour
        try cache.accept(World.list(nextUpdate: end), for: crl)
        let snapshot = try cache.snapshot(at: end + 60)
        let state = snapshot.certificate(.of(World.fixed))?.revocation(at: end + 60)
        #expect(state == (seconds == 0 ? .stale(since: end) : .good(until: end + seconds)))
        #expect(snapshot.listStatuses.first?.state(at: end + 60) == (seconds == 0 ? .stale : .graced))
    }
}
