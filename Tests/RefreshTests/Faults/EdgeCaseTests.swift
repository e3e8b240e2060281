import Dispatch
import Encoding
import Fetch
import JOSE
import Operations
import Synchronization
import Testing

@testable import KeyCache
@testable import Refresh

/// Edge cases of fetching that others have reported as bugs of their caches, by the numbers C04 to C30.
///
/// C01 to C03 are in `ForcedBudgetTests`, C17, C18 and C25 in `FreshnessFaultTests`, C08, C13, C14 in `KeyFaultTests`.
@Suite("Edge cases")
struct EdgeCaseTests {
    @Test("C04 10,000 look-ups in parallel in a cold cache: one GET, and none of them waits for it")
    func c04() throws {
        let bench = try FaultBench()
        let path = "/org2/soft.jwks"
        let url = bench.directory.url(path)
        bench.directory.answer(path, .ok(FaultBench.good))
        let store = bench.fixture.store
        let cell = try SnapshotCell(store: store, anchors: bench.fixture.anchors, at: bench.fixture.now)
        let misses = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 10_000) { _ in
            if cell.snapshot.keySet(url) == nil { misses.withLock { $0 += 1 } }
        }
        #expect(misses.withLock { $0 } == 10_000)
        // What a pass over the spool writes down: the source, and ten thousand wishes for the same key.
        try bench.fixture.add(url, .software, organisation: "org2", software: "soft2")
        let wish = WantedKey(url: url, kid: "A", since: bench.fixture.now)
        try store.recordWanted(Array(repeating: wish, count: 10_000))
        // Eight processes refresh at once.
        let (now, settings, anchors) = (bench.fixture.now, bench.fixture.settings, bench.fixture.anchors)
        let cache = "\(bench.fixture.folder.path)/cache.sqlite"
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            guard let store = try? KeyStore.open(path: cache), let fetcher = try? Fetcher(settings) else { return }
            let pass = RefreshPass(store: store, anchors: anchors, route: .network(fetcher), clock: .fixed(now))
            _ = try? pass.run(.due)
        }
        #expect(bench.directory.paths.count { $0 == path } == 1)
        #expect(try cell.reloadIfChanged(at: now))
        #expect(cell.snapshot.keySet(url)?.keys.count == 2)
        #expect(try store.wanted().isEmpty)
    }

    @Test("C07 a cold start against 500, then 200: usable after one back-off")
    func c07() throws {
        let bench = try FaultBench()
        let path = "/cold.jwks"
        let url = bench.directory.url(path)
        bench.directory.answer(path, .status(500))
        try bench.fixture.add(url, .organisation, organisation: "cold")
        let first = bench.fixture.now
        #expect(try bench.fixture.networkPass().run(.due).lines.contains { $0.url == url && $0.code == "status_500" })
        bench.directory.answer(path, .ok(FaultBench.good))
        bench.fixture.now = try #require(try bench.fixture.store.source(url)).nextDue
        #expect(bench.fixture.now - first <= 15)
        #expect(try bench.fixture.networkPass().run(.due).lines.contains { $0.url == url && $0.outcome == .updated })
    }

    @Test("C16 key sets and lists have limits of their own, counted as the bytes come")
    func c16() throws {
        let bench = try FaultBench()
        bench.fixture.settings.keySetByteLimit = 50_000
        bench.fixture.settings.revocationListByteLimit = 200_000
        let block = [UInt8](repeating: 0x20, count: 1 << 14)
        bench.directory.answer("/big", .endless(block, times: 10))
        let fetcher = try Fetcher(bench.fixture.settings)
        #expect(fetcher.code(FetchRequest(url: bench.directory.url("/big"), class: .keySet)) == "too_large")
        #expect(fetcher.code(FetchRequest(url: bench.directory.url("/big"), class: .revocationList)) == "body")
    }

    @Test("C21 we ask for JSON and take what comes; what is read is in the bytes")
    func c21() throws {
        let bench = try FaultBench()
        let head = try #require(bench.directory.heads.first)
        #expect(head.contains("Accept: application/json, application/jwk-set+json, */*;q=0.1\r\n"))
        #expect(!head.lowercased().contains("cookie") && !head.lowercased().contains("authorization"))
    }

    @Test(
        "C22 URLs that would lead elsewhere are never fetched",
        arguments: [
            "file:///etc/passwd", "gopher://localhost/", "ftp://localhost/", "http://localhost/org/soft.jwks",
            "https://localhost/org/soft.jwks", "https://evil.test/", "https://localhost@evil.test/",
            "https://user:password@localhost/", "https://localhost.evil.test/", "https://evil.test\\@localhost/",
            "https://localhost:22/", "https://localhost:0/", "https://localhost:65536/", "https://127.0.0.1/",
            "https://[::1]/", "https://2130706433/", "https://0x7f000001/", "https://localhost/../secret",
            "https://localhost/%2e%2e/secret", "https://localhost#@evil.test/", "https://localhost\r\nX: y/",
            "https://loc%61lhost/", "https:/localhost/", "//localhost/", "",
        ]
    )
    func c22(url: String) throws {
        let bench = try FaultBench()
        let before = bench.directory.heads.count
        let fetcher = try Fetcher(bench.fixture.settings)
        let code = fetcher.code(FetchRequest(url: url, class: .keySet))
        #expect(["url", "not_allowed_scheme", "not_allowed_host", "not_allowed_port"].contains(code))
        #expect(bench.directory.heads.count == before)
    }

    @Test("C23 1,000 failing sources, then a good one: the good one has its turn, and a stop is quick")
    func c23() throws {
        let bench = try FaultBench()
        for number in 0..<1000 { try bench.fixture.add(bench.directory.url("/none/\(number)"), .organisation) }
        let path = "/last.jwks"
        bench.directory.answer(path, .ok(FaultBench.good))
        try bench.fixture.add(bench.directory.url(path), .software, software: "last")
        // Of a 404 the host is not to blame, so nothing rests.
        let report = try bench.fixture.networkPass().run(.due)
        #expect(report.count(.unreachable) == 1000)
        #expect(report.lines.contains { $0.url.hasSuffix(path) && $0.outcome == .updated })
        try bench.expectGood()
    }

    @Test("C23 of 2,000 sources a tenth hangs for ten seconds each: the others begin within a tenth of their interval")
    func c23fleet() throws {
        var fleet = try VirtualFleet(count: 2000, hanging: Set(stride(from: 0, to: 2000, by: 10)), seed: 23)
        fleet.run(until: 6 * 3_600_000)
        let late = fleet.lateness.sorted()
        try #require(late.count > 40_000)
        #expect(late[late.count * 99 / 100] <= 90_000)
        // No herd, at the cold start or later: in no second more than ten begin.
        let starts = fleet.starts
        #expect(zip(starts, starts.dropFirst(10)).allSatisfy { $1 - $0 >= 1000 })
    }

    @Test("C27 an unknown authority is named as such, with OpenSSL's number")
    func c27() throws {
        let bench = try FaultBench()
        try bench.fixture.folder.write("other.pem", FaultBench.authority.certificate)
        bench.allow { $0.authorityFile = "\(bench.fixture.folder.path)/other.pem" }
        let line = try bench.refresh()
        #expect(line.code == "tls_verify")
        #expect(line.reason.contains("issuer certificate"), "\(line.reason)")
        #expect(line.reason.contains("verify 20)"))
        #expect(line.remedy?.contains("directory.ca_file") == true)
    }

    @Test("C29 a stale copy is seen: in the report, in its age, and it ends")
    func c29() throws {
        let bench = try FaultBench()
        bench.directory.answer(FaultBench.path, .status(503))
        bench.fixture.now = RefreshFixture.start + 2 * 3600
        #expect(try bench.refresh().reason.contains("last good 2 h ago, kept"))
        #expect(try bench.source().state(at: bench.fixture.now) == .stale)
        bench.fixture.now = RefreshFixture.start + 24 * 3600
        #expect(try bench.refresh().reason.contains("no longer used"))
        #expect(try bench.source().state(at: bench.fixture.now) == .unusable)
    }

    @Test("C30 a key published after the fetch is wanted, and found ahead of the plan")
    func c30() throws {
        let bench = try FaultBench()
        bench.fixture.now = RefreshFixture.start + 61
        let report = try bench.fixture.networkPass().run(.due)
        #expect(report.due == 0)
        let published = TestKeys.set([TestKeys.entry("A", FaultBench.signer), TestKeys.b, TestKeys.c])
        bench.directory.answer(FaultBench.path, .ok(published))
        try bench.fixture.store.recordWanted([WantedKey(url: bench.url, kid: "C", since: bench.fixture.now)])
        let lines = try bench.fixture.networkPass().run(.due).lines
        #expect(lines.map(\.reason) == ["+1 key"])
        #expect(try bench.fixture.store.wanted().isEmpty)
        #expect(try bench.fixture.isUsable("C", at: bench.url))
    }
}
