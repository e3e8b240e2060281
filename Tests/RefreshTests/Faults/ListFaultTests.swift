import Crypto
import Encoding
import Fetch
import Operations
import PKIX
import Testing

@testable import KeyCache
@testable import Refresh

/// Fault F45: revocation lists.
///
/// The list in use stays, and so does what it revokes.
@Suite("Faults of a revocation list")
struct ListFaultTests {
    private static let start = RefreshFixture.start
    private static let day: Int64 = 86_400
    private static let authority = FaultBench.authority

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var body: [UInt8]
        var outcome = RefreshOutcome.invalid
        var code: String?
        var testDescription: String { name }
    }

    private static func list(
        _ number: UInt64,
        by key: PrivateKey? = nil,
        _ change: (inout CRLTemplate) -> Void = { _ in }
    ) -> [UInt8] {
        World.sure {
            try authority.list(number: number, thisUpdate: start, nextUpdate: start + 3 * day, by: key, change)
        }
    }

    private static func entries(_ count: Int) -> [CRLTemplate.Entry] {
        (0..<count).map {
            .init(serial: [1] + withUnsafeBytes(of: UInt32($0).bigEndian, Array.init), at: start, reason: nil)
        }
    }

    private static let good = list(7) { $0.entries = [.init(serial: [9], at: start, reason: 1)] }

    static let rows = [
        Row(name: "the same again", body: good, outcome: .unchanged),
        Row(name: "an older number", body: list(6), code: "crl_older"),
        Row(name: "an older time", body: list(8) { $0.thisUpdate = start - day }, code: "crl_older"),
        Row(name: "a bad signature", body: good.dropLast() + [good[good.count - 1] ^ 1], code: "crl_signature"),
        Row(name: "signed by another key", body: list(8, by: FaultBench.stranger), code: "crl_not_issuer"),
        Row(
            name: "of another issuer",
            body: list(8) { $0.issuer = NameTemplate([.commonName("X")]) },
            code: "crl_not_issuer"
        ),
        Row(name: "past its next update", body: list(8) { $0.nextUpdate = start + 60 }, code: "crl_out_of_date"),
        Row(name: "of tomorrow", body: list(8) { $0.thisUpdate = start + day }, code: "crl_from_future"),
        Row(name: "a hundred thousand entries", body: list(8) { $0.entries = entries(100_000) }, outcome: .updated),
        Row(
            name: "a delta",
            body: list(8) { $0.extra = [ExtensionTemplate("2.5.29.27", critical: true, DERWriter.integer(1))] },
            code: "crl_delta"
        ),
        Row(name: "PEM", body: Array(PEM.encode(list(8), label: "X509 CRL").utf8)),
        Row(
            name: "an entry removed from the list",
            body: list(8) { $0.entries = [.init(serial: [9], at: start, reason: 8)] }
        ),
        Row(name: "a login page", body: Array("<html>".utf8)),
        Row(name: "nothing", body: []),
    ]

    @Test("F45 the list in use stays", arguments: rows)
    func f45(_ row: Row) throws {
        let bench = try FaultBench()
        let fixture = bench.fixture
        let anchors = try TrustAnchors.load([Array(Self.authority.certificate.utf8)])
        let url = bench.directory.url("/issuing.crl")
        try fixture.add(url, .crl, organisation: nil)
        func refresh(_ body: [UInt8]) throws -> RefreshLine {
            bench.directory.answer("/issuing.crl", .ok(body))
            let route = RefreshRoute.network(try Fetcher(fixture.settings))
            let pass = RefreshPass(store: fixture.store, anchors: anchors, route: route, clock: .fixed(fixture.now))
            return try #require(try pass.run(.source(url: url)).lines.first)
        }
        #expect(try refresh(Self.good).outcome == .updated)
        let digest = try #require(try fixture.store.source(url)).bodySHA256
        fixture.now += 3600
        let line = try refresh(row.body)
        #expect(line.outcome == row.outcome, "\(line.code ?? "") \(line.reason)")
        if let code = row.code { #expect(line.code == code) }
        let snapshot = try Snapshot.load(fixture.store, anchors: anchors, at: fixture.now)
        let status = try #require(snapshot.listStatuses.first)
        #expect(status.nextUpdate == Self.start + 3 * Self.day)
        if row.outcome != .updated {
            #expect(try fixture.store.source(url)?.bodySHA256 == digest)
            #expect(status.entries == 1)
        }
        try bench.expectGood()
    }
}
