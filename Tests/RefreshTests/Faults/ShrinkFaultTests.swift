import Encoding
import Fetch
import KeyCache
import Testing

@testable import Refresh

/// Fault F44: sets that shrink, flap and vanish.
@Suite("Faults of a set")
struct ShrinkFaultTests {
    private static let empty = FaultyReply.ok("{\"keys\":[]}")

    @Test("F44 empty, full, empty: held each time, never applied")
    func flap() throws {
        let bench = try FaultBench()
        for _ in 0..<3 { try FaultRow("empty", .held, "held.empty", Self.empty).strike(bench) }
        #expect(try bench.fixture.store.holds().isEmpty)
    }

    @Test("F44 from ten keys to one: the one that stays verifies, the others retire")
    func shrink() throws {
        let bench = try FaultBench()
        let ten = TestKeys.set([TestKeys.entry("A", FaultBench.signer)] + (0..<9).map { TestKeys.key("K\($0)") })
        try FaultRow("ten", .updated, nil, .ok(ten)).strike(bench)
        bench.fixture.now += 900
        let one = TestKeys.set([TestKeys.entry("A", FaultBench.signer)])
        try FaultRow("one", .updated, nil, .ok(one)).strike(bench)
    }

    @Test("F44 no key in common: the removal waits, the old one verifies on")
    func replaced() throws {
        try FaultRow("replaced", .held, "held.replacement", .ok(TestKeys.set([TestKeys.c]))).strike()
    }

    @Test("F44 no key in common in a directory's set: held, and nothing of it used")
    func directory() throws {
        let bench = try FaultBench(class: .directory)
        try FaultRow("replaced", .held, "held.replacement", .ok(TestKeys.set([TestKeys.c]))).strike(bench)
    }

    @Test("F44 a third of a host's sets emptied at once: each is held, each last good key verifies")
    func fleet() throws {
        let bench = try FaultBench()
        let others = (0..<9).map { bench.directory.url("/org\($0)/soft.jwks") }
        for (index, url) in others.enumerated() {
            bench.directory.answer("/org\(index)/soft.jwks", .ok(FaultBench.good))
            try bench.fixture.add(url, .software, organisation: "org\(index)", software: "soft\(index)")
        }
        #expect(try bench.fixture.networkPass().run(.all).verdict == .good)
        bench.fixture.now += 900
        bench.directory.answer(FaultBench.path, Self.empty)
        for index in 0..<2 { bench.directory.answer("/org\(index)/soft.jwks", Self.empty) }
        let report = try bench.fixture.networkPass().run(.all)
        #expect(report.count(.held) == 3)
        #expect(report.count(.unchanged) == 7)
        try bench.expectGood()
        for url in others { #expect(try bench.fixture.isUsable("A", at: url)) }
    }
}
