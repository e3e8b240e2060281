import Encoding
import Fetch
import Glibc
import KeyCache
import Operations
import Testing

@testable import Refresh

@Suite("A refresh pass")
struct RefreshPassTests {
    static let base = "https://keystore.test"

    private func fixture() throws -> RefreshFixture {
        let fixture = try RefreshFixture()
        let keystore = KeystoreURLs(base: Self.base)
        // Made known in the wrong order on purpose.
        try fixture.add(keystore.software("soft", of: "org"), .software, software: "soft")
        try fixture.add(keystore.organisation("org"), .organisation)
        try fixture.add("\(Self.base)/issuing.crl", .crl, organisation: nil)
        try fixture.add(keystore.revoked(software: "soft", of: "org"), .softwareRevoked, software: "soft")
        try fixture.add("\(Self.base)/keystore/openbanking.jwks", .directory, organisation: nil)
        try fixture.folder.write("mirror/keystore.test/org/soft.jwks", TestKeys.ab)
        try fixture.folder.write("mirror/keystore.test/org/org.jwks", TestKeys.set([TestKeys.c]))
        try fixture.folder.write("mirror/keystore.test/org/revoked/soft.jwks", TestKeys.set([]))
        try fixture.folder.write("mirror/keystore.test/keystore/openbanking.jwks", TestKeys.set([TestKeys.b]))
        return fixture
    }

    @Test("goes from the directory to the software")
    func order() throws {
        let fixture = try fixture()
        var heard: [String] = []
        let report = try fixture.mirrorPass().run(.due, onLine: { heard.append($0.class.rawValue) })
        #expect(heard == ["directory", "softwareRevoked", "crl", "organisation", "software"])
        #expect(report.lines.map(\.class.rawValue) == heard)
        #expect(report.lines.map(\.name) == ["openbanking.jwks", "soft", "issuing.crl", "org", "soft"])
        #expect(report.lines.map(\.outcome.rawValue) == ["updated", "updated", "unreachable", "updated", "updated"])
        #expect(report.verdict == .partial)
        #expect(report.generationAfter > report.generationBefore)
    }

    @Test("leaves alone what is not due")
    func due() throws {
        let fixture = try fixture()
        _ = try fixture.mirrorPass().run(.due)
        fixture.now += 5
        #expect(try fixture.mirrorPass().run(.due).due == 0)
        // The list that failed comes back first, after its back-off.
        fixture.now += 25
        #expect(try fixture.mirrorPass().run(.due).lines.map(\.class) == [.crl])
        fixture.now += 3600
        #expect(try fixture.mirrorPass().run(.due).due == 5)
    }

    @Test("takes on one organisation or one source when told so")
    func modes() throws {
        let fixture = try fixture()
        let pass = fixture.mirrorPass()
        #expect(
            try pass.run(.organisation(id: "org")).lines.map(\.class) == [.softwareRevoked, .organisation, .software]
        )
        #expect(try pass.run(.source(url: "\(Self.base)/org/org.jwks")).lines.map(\.outcome) == [.unchanged])
        #expect(throws: RefreshError.unknownSource(url: "https://x.test/")) {
            try pass.run(.source(url: "https://x.test/"))
        }
        #expect(throws: RefreshError.unknownOrganisation(id: "x")) { try pass.run(.organisation(id: "x")) }
    }

    @Test("tells of a source's state when it changes, and only then")
    func changes() throws {
        let fixture = try fixture()
        let url = "\(Self.base)/org/soft.jwks"
        let file = "mirror/keystore.test/org/soft.jwks"
        func run(after seconds: UnixTime) throws -> [String] {
            fixture.now += seconds
            let report = try fixture.mirrorPass().run(.source(url: url))
            return report.changes.map { "\($0.from.rawValue) \($0.to.rawValue) \($0.reason)" }
        }
        #expect(try run(after: 0) == ["never ok +2 keys"])
        #expect(try run(after: 60) == [])
        fixture.folder.delete(file)
        let missing = "keystore.test/org/soft.jwks is not in the mirror; last good"
        #expect(try run(after: 60) == ["ok failing \(missing) 60 s ago, kept"])
        #expect(try run(after: 60) == [])
        #expect(try run(after: 3600) == ["failing stale \(missing) 62 min ago, kept"])
        #expect(try run(after: 3600) == [])
        #expect(try run(after: 100_000) == ["stale unusable \(missing) 1 d 5 h ago, no longer used"])
        try fixture.folder.write(file, TestKeys.ab)
        #expect(try run(after: 60) == ["unusable ok same body"])
        try fixture.folder.write(file, TestKeys.set([]))
        #expect(try run(after: 60) == ["ok held all keys vanished at once; hold 1, last good kept"])
        #expect(try run(after: 60) == [])
        try fixture.folder.write(file, TestKeys.ab)
        #expect(try run(after: 60) == ["held ok same body"])
    }

    @Test("that is stopped records nothing against those without a turn")
    func stopped() throws {
        let fixture = try fixture()
        let before = try fixture.store.allSources()
        for report in [
            try fixture.mirrorPass().run(.due, shouldStop: { true }), try fixture.mirrorPass().run(.due, deadline: 0),
        ] {
            #expect(report.wasStopped)
            #expect(report.count(.skipped) == 5)
            #expect(report.changes.isEmpty)
            #expect(report.exitCode() == .refused)
        }
        #expect(try fixture.store.allSources() == before)
    }

    @Test("lets a dead host rest, and does not hold that against its sources")
    func breaker() throws {
        let fixture = try RefreshFixture()
        let (bound, port) = try Loopback.bound()
        defer { close(bound) }
        let rule = HostRule(name: "dead.test", ports: [UInt16(port)], reach: .loopback, addresses: ["127.0.0.1"])
        fixture.settings = FetchSettings(hosts: [rule], parallel: 1)
        for number in 0..<12 { try fixture.add("https://dead.test:\(port)/\(number).jwks", .organisation) }
        let pass = try fixture.networkPass()
        let report = try pass.run(.due)
        #expect(report.count(.unreachable) == 5)
        #expect(report.count(.skipped) == 7)
        #expect(Set(report.lines.map(\.code)) == ["connect", "host_resting"])
        #expect(report.exitCode() == .refused)
        #expect(!report.wasStopped)
        #expect(try fixture.store.allSources().count { $0.failureCount == 0 && $0.lastAttempt == nil } == 7)
        // The same pass object still remembers; the seven are due again at once, and none is tried.
        #expect(Set(try pass.run(.due).lines.map(\.code)) == ["host_resting"])
    }
}
