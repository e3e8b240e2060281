import Ledger
import Pipeline
import Simulator
import Spool
import Testing

/// What a spool and its ledger no longer have in common is told, and nothing is issued again by itself.
@Suite("A ledger from a backup, and a result that is nowhere")
struct LossTests {
    @Test("an older ledger is refused before anything is taken, until an operator decides")
    func olderLedger() throws {
        let place = try Place()
        let items = try Campaign(World.forge, count: 4).items
        try place.drop(items[0])
        try place.pass()
        try place.reopen()
        let backup = try place.folder.read("ledger.sqlite")
        try place.drop(items[1])
        try place.pass()
        try place.restoreLedger(backup)
        try place.drop(items[2])
        for _ in 1...2 {
            #expect {
                try place.pass()
            } throws: { error in
                guard case PipelineError.ledgerIsOlder(let note, let found, let expected) = error else { return false }
                return note.hasSuffix("spool/.ledger") && found < expected
            }
        }
        #expect(place.lying(in: .incoming).count == 2)
        #expect(try place.clients.count == 1)
        try place.folder.remove("spool/.ledger")
        try place.pass()
        #expect(try place.clients.count == 2)
        #expect(place.isSettled)
    }

    @Test("a new ledger in the place of one that was used is refused too")
    func newLedger() throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        try place.pass()
        try place.restoreLedger([])
        #expect(throws: PipelineError.self) { try place.pass() }
        #expect(try place.clients.isEmpty)
    }

    @Test("a committed result that is nowhere is lost, unless its consumer marked it", arguments: [false, true])
    func lost(_ isMarked: Bool) throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        try place.pass()
        let name = try #require(place.names.first)
        try place.forgetPublishing()
        try place.folder.remove("spool/results/\(World.day)/\(name)")
        if isMarked { try place.folder.write([], to: "spool/acks/\(World.day)/\(name)") }
        try place.reopen()
        let tally = try place.pass()
        #expect(tally.lost.map(\.name) == (isMarked ? [] : ["results/\(World.day)/\(name)"]))
        let summary = try place.ledger.summary(at: place.now)
        #expect(summary.lostResults == (isMarked ? 0 : 1))
        #expect(summary.pendingResults == 0)
        #expect(try place.clients.count == 1)
        #expect(try place.pass().lost.isEmpty)
    }

    @Test("what appeared before a batch is written down before its lines: a consumer may take it during a long one")
    func takenDuringBatch() throws {
        let place = try Place { plan in plan.groupRequests = 4 }
        let items = try Campaign(World.forge, count: 21).items
        try place.drop(items[0], as: "single")
        try place.drop("a.ndjson", items[1..<11].map { $0.line + "\n" }.joined())
        try place.drop("b.ndjson", items[11...].map { $0.line + "\n" }.joined())
        var seen: [(results: Int, pending: Int?)] = []
        try place.pass { progress in
            guard progress.batch != nil else { return }
            seen.append((place.names.count, try? place.ledger.summary(at: place.now).pendingResults))
        }
        // The single's, and with the second batch both files of the first.
        #expect(seen.map(\.results) == [1, 1, 1, 3, 3, 3])
        #expect(seen.allSatisfy { $0.pending == 0 }, "\(seen)")
    }

    @Test("a committed result whose name other bytes have is lost, also where a stop comes before that is written down")
    func otherBytes() throws {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        try place.pass()
        let name = try #require(place.names.first)
        try place.forgetPublishing()
        try place.folder.write(place.bytes(name), to: "spool/staging/\(name)")
        try place.folder.write(Array("{}".utf8), to: "spool/results/\(World.day)/\(name)")
        try place.reopen()
        try place.withLockedLedger {
            #expect(throws: PipelineError.self) { try place.pass() }
        }
        try place.reopen()
        #expect(try place.pass().lost.map(\.name) == ["results/\(World.day)/\(name)"])
        #expect(try place.ledger.summary(at: place.now).lostResults == 1)
        #expect(try place.bytes(name) == Array("{}".utf8))
        #expect(place.isSettled)
    }
}
