import Encoding
import JOSE
import KeyCache
import Testing

@testable import Refresh

/// Fault F46: the clock.
@Suite("Faults of the clock")
struct ClockFaultTests {
    private static let day: Int64 = 86_400

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var jump: Int64
        var testDescription: String { name }
    }

    @Test(
        "F46 a clock that jumps: the good key verifies, and the source is soon due",
        arguments: [
            Row(name: "ten minutes ahead", jump: 600), Row(name: "ten minutes back", jump: -600),
            Row(name: "a day back", jump: -day), Row(name: "to 1970", jump: -RefreshFixture.start),
        ]
    )
    func f46(_ row: Row) throws {
        let bench = try FaultBench()
        bench.fixture.now += row.jump
        try bench.expectGood()
        if row.jump < 0 { try bench.fixture.store.followClock(back: -row.jump) }
        bench.directory.answer(FaultBench.path, .status(304))
        let line = try bench.refresh()
        #expect(line.outcome == .unchanged, "\(line.reason)")
        try bench.expectGood()
        let due = try bench.source().nextDue - bench.fixture.now
        #expect((0...900).contains(due))
        // Set right again: planned by the wrong clock, and due within the hour all the same.
        bench.fixture.now = RefreshFixture.start + 1800
        try bench.expectGood()
        let next = try bench.source().nextDue
        #expect(next <= bench.fixture.now + 3600)
    }

    @Test("F46 a jump between the start of a fetch and its end")
    func during() throws {
        let bench = try FaultBench()
        let source = try bench.source()
        let store = bench.fixture.store
        #expect(try store.claim(source, as: 1, for: 40, at: bench.fixture.now) == .granted)
        let later = bench.fixture.now - Self.day
        let arrival = Arrival(.notModified(Validators()), for: source, at: later)
        #expect(try store.record([arrival], anchors: bench.fixture.anchors) == [.unchanged])
        try bench.expectGood()
        #expect(try store.claim(source, as: 2, for: 40, isAsked: true, at: later) == .granted)
    }

    @Test("F46 the year 2100: work waits, nothing is lost, and an operator sets it right")
    func future() throws {
        let bench = try FaultBench()
        let rightNow = bench.fixture.now
        bench.fixture.now = 4_102_444_800
        let snapshot = try Snapshot.load(bench.fixture.store, anchors: bench.fixture.anchors, at: bench.fixture.now)
        #expect(snapshot.keySet(bench.url)?.state(at: bench.fixture.now) == .unusable)
        bench.directory.answer(FaultBench.path, .status(503))
        #expect(try bench.refresh().code == "status_503")
        bench.fixture.now = rightNow
        // The floor stands in 2100 now: an old key does not become young by itself.
        let floored = try Snapshot.load(bench.fixture.store, anchors: bench.fixture.anchors, at: rightNow)
        #expect(floored.keySet(bench.url)?.state(at: floored.judged(rightNow)) == .unusable)
        try bench.fixture.store.resetTimeFloor(to: rightNow)
        try bench.expectGood()
        bench.directory.answer(FaultBench.path, .ok(FaultBench.good))
        #expect(try bench.refresh().outcome == .unchanged)
        try bench.expectGood()
    }
}
