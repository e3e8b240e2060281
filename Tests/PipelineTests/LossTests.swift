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

    /// A place whose committed result is staged again, with other bytes where it belongs; its name and its bytes.
    private func withOtherBytes() throws -> (place: Place, name: String, bytes: [UInt8]) {
        let place = try Place()
        try place.drop(try World.forge.item(of: World.software))
        try place.pass()
        let name = try #require(place.names.first)
        let bytes = try place.bytes(name)
        try place.forgetPublishing()
        try place.folder.write(bytes, to: "spool/staging/\(name)")
        try place.folder.write(Array("{}".utf8), to: "spool/results/\(World.day)/\(name)")
        try place.reopen()
        return (place, name, bytes)
    }

    @Test("a committed result whose name other bytes have is lost and kept, also where a stop comes before it is told")
    func otherBytes() throws {
        let (place, name, bytes) = try withOtherBytes()
        try place.withLockedLedger {
            #expect(throws: PipelineError.self) { try place.pass() }
        }
        #expect(place.lying(in: .staging) == [name])
        try place.reopen()
        let tally = try place.pass()
        #expect(tally.lost.map(\.name) == ["results/\(World.day)/\(name)"])
        #expect(tally.lost.allSatisfy { $0.reason.hasSuffix("it is kept in failed/conflict/\(name)") })
        #expect(try place.ledger.summary(at: place.now).lostResults == 1)
        #expect(try place.bytes(name) == Array("{}".utf8))
        #expect(place.lying(in: .failed) == ["conflict/\(name)", "conflict/\(name).reason.json"])
        #expect(try place.folder.read("spool/failed/conflict/\(name)") == bytes)
        #expect(place.isSettled)
    }

    @Test("one that is not staged, and whose name other bytes have, is lost; a twin is not", arguments: [false, true])
    func overwritten(_ isTwin: Bool) throws {
        let place = try Place()
        try isTwin ? place.drop("x.jwt", "no request") : place.drop(World.forge.item(of: World.software))
        try place.pass()
        let name = try #require(place.names.first)
        try place.forgetPublishing()
        try place.folder.write(Array("{}".utf8), to: "spool/results/\(World.day)/\(name)")
        try place.reopen()
        let told = try place.pass().lost.map(\.reason)
        #expect(told == (isTwin ? [] : ["other bytes have this name, and its own are nowhere"]))
        #expect(try place.ledger.summary(at: place.now).pendingResults == 0)
        #expect(try place.pass().lost.isEmpty)
    }

    @Test("a stop behind the loss was written down leaves the kept bytes alone, and nothing staged")
    func stoppedBehind() throws {
        let (place, name, bytes) = try withOtherBytes()
        try place.pass()
        try place.folder.write(bytes, to: "spool/staging/\(name)")
        try place.folder.remove("spool/failed/conflict/\(name)")
        try place.folder.remove("spool/failed/conflict/\(name).reason.json")
        try place.reopen()
        #expect(try place.pass().lost.isEmpty)
        #expect(try place.folder.read("spool/failed/conflict/\(name)") == bytes)
        #expect(try place.ledger.summary(at: place.now).lostResults == 1)
        #expect(place.isSettled)
    }

    @Test("one that an operator put in its place is lost no longer; other bytes there change nothing")
    func found() throws {
        let (place, name, bytes) = try withOtherBytes()
        try place.pass()
        try place.reopen()
        try place.pass()
        #expect(try place.ledger.summary(at: place.now).lostResults == 1)
        try place.folder.remove("spool/results/\(World.day)/\(name)")
        let upkeep = try SpoolUpkeep(place.folder / "spool")
        #expect(try upkeep.retry("conflict/\(name)") == .appeared("results/\(World.day)/\(name)"))
        try place.reopen()
        #expect(try place.pass().lost.isEmpty)
        let summary = try place.ledger.summary(at: place.now)
        #expect(summary.lostResults == 0 && summary.pendingResults == 0)
        #expect(try place.bytes(name) == bytes)
        #expect(try place.clients.count == 1)
    }

    @Test("the results of a batch are kept too, and a stop before they leave staging holds up no later start")
    func batch() throws {
        let place = try Place()
        try place.drop("b.ndjson", try Campaign(World.forge, count: 4).items.map { $0.line + "\n" }.joined())
        try place.pass()
        let name = try #require(place.names.first { $0.hasSuffix(".results.ndjson") })
        let bytes = try place.bytes(name)
        try place.folder.write(Array("{}".utf8), to: "spool/results/\(World.day)/\(name)")
        for pass in 1...2 {
            try place.reopenBatch()
            try place.folder.write(bytes, to: "spool/staging/\(name).part")
            try place.reopen()
            #expect(try place.pass().lost.count == (pass == 1 ? 1 : 0))
            #expect(try place.ledger.summary(at: place.now).lostResults == 1)
            #expect(place.lying(in: .staging) == [])
        }
        #expect(try place.folder.read("spool/failed/conflict/\(name)") == bytes)
        #expect(try place.bytes(name) == Array("{}".utf8))
    }

    @Test("a lost result leaves alone what is staged under its name for another that is still to appear")
    func sameName() throws {
        let place = try Place()
        let items = try Campaign(World.forge, count: 2).items
        try place.drop(items[0])
        try place.pass()
        let first = try #require(place.names.first)
        try place.drop(items[1])
        try place.pass()
        let name = try #require(place.names.first { $0 != first })
        let bytes = try place.bytes(name)
        try place.folder.write(bytes, to: "spool/staging/\(name)")
        try place.folder.remove("spool/results/\(World.day)/\(name)")
        try place.loseFirst(as: name)
        try place.forgetPublishing()
        try place.reopen()
        #expect(try place.pass().lost.isEmpty)
        #expect(place.has("results/\(World.day)/\(name)"))
        #expect(place.lying(in: .failed).isEmpty && place.lying(in: .staging).isEmpty)
    }
}
