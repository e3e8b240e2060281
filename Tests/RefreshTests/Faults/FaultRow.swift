import Encoding
import KeyCache
import Testing

@testable import Refresh

/// One way a source can fail after a good fetch, and what must come of it.
struct FaultRow: CustomTestStringConvertible, Sendable {
    let name: String
    let reply: FaultyReply
    var outcome = RefreshOutcome.unreachable
    /// Any of these, where the machine decides which comes first.
    var codes: [String?] = [nil]
    /// When the source is due again, in seconds.
    var due: Int64?
    var testDescription: String { name }

    init(_ name: String, _ reply: FaultyReply, _ codes: String..., due: Int64? = nil) {
        self.name = name
        self.reply = reply
        self.codes = codes
        self.due = due
    }

    /// A body that is refused, held or taken.
    init(_ name: String, _ outcome: RefreshOutcome, _ code: String? = nil, _ reply: FaultyReply, due: Int64? = nil) {
        self.name = name
        self.reply = reply
        self.outcome = outcome
        codes = [code]
        self.due = due
    }

    /// Lets the fault happen, and proves that the last good key still verifies, before and after the source heals.
    @discardableResult
    func strike(_ bench: FaultBench? = nil, sourceLocation: SourceLocation = #_sourceLocation) throws -> FaultBench {
        let bench = try bench ?? FaultBench()
        bench.directory.answer(FaultBench.path, reply)
        if codes.contains("timeout") { bench.hurry(connection: false) }
        let line = try bench.refresh()
        bench.relax()
        #expect(line.outcome == outcome, "\(line.code ?? "") \(line.reason)", sourceLocation: sourceLocation)
        #expect(codes.contains(line.code), "\(line.code ?? "none"): \(line.reason)", sourceLocation: sourceLocation)
        try bench.expectGood(isInUse: outcome != .updated, sourceLocation: sourceLocation)
        let source = try bench.source()
        if let due { #expect(source.nextDue == bench.fixture.now + due, sourceLocation: sourceLocation) }
        if outcome != .updated, outcome != .unchanged {
            #expect(source.lastError == line.code, sourceLocation: sourceLocation)
            #expect(line.remedy != nil, sourceLocation: sourceLocation)
        }
        try heal(bench, sourceLocation)
        return bench
    }

    private func heal(_ bench: FaultBench, _ sourceLocation: SourceLocation) throws {
        bench.fixture.now += 900
        bench.directory.answer(FaultBench.path, .ok(FaultBench.good))
        let line = try bench.refresh()
        bench.meter = nil
        #expect([.unchanged, .updated].contains(line.outcome), "\(line.reason)", sourceLocation: sourceLocation)
        try bench.expectGood(sourceLocation: sourceLocation)
        #expect(try bench.source().failureCount == 0, sourceLocation: sourceLocation)
    }
}
