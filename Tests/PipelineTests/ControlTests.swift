import Ledger
import Pipeline
import Simulator
import Spool
import Testing

/// What an operator asks for by files in the control folder, heeded at the edge of a group.
@Suite("A pause and a cancelled batch")
struct ControlTests {
    @Test("while a pause is asked for nothing is taken; afterwards everything is answered")
    func pause() throws {
        let place = try Place { plan in plan.groupRequests = 4 }
        for item in try Campaign(World.forge, count: 6).items { try place.drop(item) }
        try place.folder.write([], to: "spool/control/pause")
        for _ in 0..<2 { try expectPause(place) }
        #expect(try place.clients.isEmpty)
        #expect(place.lying(in: .active).isEmpty)
        try place.folder.remove("spool/control/pause")
        try place.pass()
        #expect(try place.clients.count == 6)
    }

    @Test("a batch that was begun stands still, also for the next process, and goes on where it stood")
    func pauseInBatch() throws {
        let place = try Place { plan in plan.groupRequests = 5 }
        try place.drop("b.ndjson", try Campaign(World.forge, count: 23).bulk)
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        try place.folder.write([], to: "spool/control/pause")
        try place.reopen()
        try expectPause(place)
        try expectPause(place)
        #expect(try place.clients.count == 5)
        try place.folder.remove("spool/control/pause")
        try place.pass()
        #expect(try place.clients.count == 23)
        #expect(try place.batchSummary.unanswered == nil)
    }

    @Test("a batch cancelled on its way ends with what was answered; the rest can be dropped under another name")
    func cancel() throws {
        let place = try Place { plan in plan.groupRequests = 5 }
        let campaign = try Campaign(World.forge, count: 23)
        try place.drop("b.ndjson", campaign.bulk)
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        try place.folder.write([], to: "spool/control/b.cancel")
        try place.reopen()
        try place.pass()
        #expect(try place.clients.count == 5)
        #expect(try place.batchSummary.lines == 5)
        #expect(try place.batchSummary.unanswered == 18)
        #expect(try place.batchAnswers.map(\.source.line) == Array(1...5))
        #expect(place.isSettled)
        #expect(place.lying(in: .control).isEmpty)
        #expect(try place.ledger.summary(at: place.now).openBatches == 0)
        try place.drop("rest.ndjson", campaign.bulk)
        try place.pass()
        #expect(try place.clients.count == 23)
        let rest = try place.lines(try #require(place.names.first { $0.hasPrefix("rest.") && $0.hasSuffix(".ndjson") }))
        #expect(
            rest.map(\.outcome) == Array(repeating: "duplicate", count: 5) + Array(repeating: "accepted", count: 18)
        )
    }

    @Test("a batch cancelled before it was taken is answered by an empty file; others of other names go on")
    func cancelEarly() throws {
        let place = try Place()
        try place.drop("b.ndjson", try Campaign(World.forge, count: 3).bulk)
        try place.drop(try World.forge.item(of: World.software, number: 9))
        try place.folder.write([], to: "spool/control/b.cancel")
        try place.pass()
        #expect(try place.clients.count == 1)
        #expect(try place.batchSummary.lines == 0)
        #expect(try place.batchSummary.unanswered == 3)
        #expect(place.isSettled)
        #expect(place.lying(in: .control).isEmpty)
    }

    private func expectPause(_ place: Place) throws {
        #expect {
            try place.pass()
        } throws: { error in
            guard case PipelineError.paused(let path) = error else { return false }
            return path.hasSuffix("/control/pause")
        }
    }
}
