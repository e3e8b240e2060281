import Crypto
import Encoding
import GRDB
import JOSE
import PKIX
import Testing

@testable import KeyCache

@Suite("Arrivals recorded together")
struct BatchTests {
    /// One thing that arrives for the software or the organisation.
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let arrivals: [(class: SourceClass, content: Arrival.Content)]
        var testDescription: String { name }

        init(_ name: String, _ arrivals: [(SourceClass, Arrival.Content)]) {
            self.name = name
            self.arrivals = arrivals.map { (class: $0.0, content: $0.1) }
        }
    }

    static func body(_ bytes: [UInt8]) -> Arrival.Content { .body(bytes, Validators(etag: "\"1\"")) }

    static let certified = Body.set([Body.key("A", certificate: World.certificate("A"))])

    static let rows: [Row] = [
        Row("nothing", []),
        Row(
            "a set and its organisation's",
            [(.software, body(Body.keys("A"))), (.organisation, body(Body.keys("AB")))]
        ),
        Row("one certificate in two sets", [(.software, body(certified)), (.organisation, body(certified))]),
        Row("one source twice", [(.software, body(Body.keys("A"))), (.software, body(Body.keys("A")))]),
        Row("one source, two bodies", [(.software, body(Body.keys("A"))), (.software, body(Body.keys("BC")))]),
        Row(
            "keys, then their revocation",
            [(.software, body(Body.keys("AB"))), (.softwareRevoked, body(Body.keys("A")))]
        ),
        Row(
            "a revocation, then its keys",
            [(.softwareRevoked, body(Body.keys("A"))), (.software, body(Body.keys("AB")))]
        ),
        Row(
            "a good set among failures",
            [
                (.organisation, .failure(code: "timeout", retryAfter: 60)), (.software, body(Body.keys("A"))),
                (.directory, body(Body.text("{}"))), (.software, .notModified(Validators())),
            ]
        ),
        Row("a confirmation of nothing", [(.software, .notModified(Validators()))]),
        Row("a list and a set", [(.crl, body(World.list())), (.software, body(certified))]),
        Row("a set that empties itself", [(.directory, body(Body.keys("A"))), (.directory, body(Body.keys("")))]),
    ]

    @Test("leave the store as they would one by one", arguments: rows)
    func equalsSingles(_ row: Row) throws {
        let (together, apart) = (try Filled(), try Filled())
        let outcomes = try together.record(row.arrivals)
        var singles: [AcceptOutcome] = []
        for arrival in row.arrivals { singles += try apart.record([arrival]) }
        #expect(outcomes == singles)
        #expect(try together.cache.store.allSources() == apart.cache.store.allSources())
        #expect(try together.cache.store.events(limit: 1000) == apart.cache.store.events(limit: 1000))
        #expect(try together.cache.store.firstBrokenEvent() == nil)
        let time = World.start + World.minute
        #expect(try together.cache.store.summary(at: time) == apart.cache.store.summary(at: time))
    }

    @Test("say of a failed fetch that it was refused")
    func failure() throws {
        let filled = try Filled()
        let outcomes = try filled.record([(.software, .failure(code: "timeout", retryAfter: nil))])
        #expect(outcomes == [.refused(Refusal(fetch: "timeout"))])
        #expect(try filled.cache.store.source(filled.source(.software).url)?.lastError == "timeout")
    }

    @Test("do without the one source whose rows are damaged")
    func damaged() throws {
        let filled = try Filled()
        _ = try filled.record([(.organisation, Self.body(Body.keys("A")))])
        let broken = try filled.source(.organisation)
        try filled.cache.store.file.write(.full) { db in
            try db.execute(sql: "UPDATE listing SET state = 'nonsense' WHERE source_id = ?", arguments: [broken.id])
        }
        #expect(throws: KeyStoreError.corrupt("unknown listing state nonsense")) {
            try filled.record([
                (.software, Self.body(Body.keys("B"))), (.organisation, Self.body(Body.keys("AB"))),
            ])
        }
        #expect(try filled.source(.software).lastSuccess == World.start)
        #expect(try filled.source(.organisation).lastError == nil)
    }

    @Test("take over a trusted verdict, not one that lacked an issuer")
    func verdicts() throws {
        let filled = try Filled()
        let rootOnly = try TrustAnchors.load([World.root])
        let leaf = World.certificate("A")
        let certificate = try Certificate.decode(leaf)
        try filled.cache.store.file.write(.full) { db in
            var verdicts = Verdicts(rootOnly)
            #expect(try !verdicts.verdict(db, on: certificate, extra: []).record.isTrusted)
            let proven = try verdicts.verdict(db, on: certificate, extra: [World.issuer])
            #expect(proven.record.isTrusted && !proven.isKept)
            #expect(try verdicts.verdict(db, on: certificate, extra: []).record == proven.record)
            try CertificateTable.keep(db, certificate)
            try CertificateTable.vet(db, certificate.fingerprint, proven.record, rootOnly.digest, at: World.start)
            var later = Verdicts(rootOnly)
            let kept = try later.verdict(db, on: certificate, extra: [])
            #expect(kept.record == proven.record && kept.isKept)
            var others = Verdicts(World.otherAnchors)
            #expect(try !others.verdict(db, on: certificate, extra: []).isKept)
        }
    }

    /// A store that knows one source of each class.
    struct Filled {
        let cache: TemporaryStore

        init() throws {
            cache = try TemporaryStore()
            for `class` in SourceClass.allCases { _ = try cache.source(`class`) }
        }

        func source(_ class: SourceClass) throws -> Source {
            try cache.current("https://keystore.example/\(`class`.rawValue).jwks")
        }

        func record(_ arrivals: [(class: SourceClass, content: Arrival.Content)]) throws -> [AcceptOutcome] {
            let arrivals = try arrivals.map { Arrival($0.content, for: try source($0.class), at: World.start) }
            return try cache.store.record(arrivals, anchors: World.anchors)
        }
    }
}
