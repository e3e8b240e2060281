import Ledger
import Pipeline
import Simulator
import Spool
import Testing

/// Ends that are asked for or forced between groups: nothing is lost, nothing is done twice.
@Suite("A pass that ends early")
struct StopTests {
    @Test("on a stop, after the group in hand", arguments: ["files", "lines"])
    func stop(_ form: String) throws {
        let place = try Place { plan in plan.groupRequests = 5 }
        let campaign = try Campaign(World.forge, count: 23)
        if form == "lines" {
            try place.drop("b.ndjson", campaign.bulk)
        } else {
            for item in campaign.items { try place.drop(item) }
        }
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        #expect(place.lastTally.counts.accepted == 5)
        #expect(try place.clients.count == 5)
        let seen = try Dictionary(uniqueKeysWithValues: place.names.map { ($0, try place.bytes($0)) })
        #expect(seen.count == (form == "lines" ? 0 : 5))
        try place.reopen()
        place.stop.set()
        #expect(throws: PipelineError.self) { try place.pass() }
        try place.reopen()
        try place.pass()
        #expect(try place.clients.count == 23)
        for (name, bytes) in seen { #expect(try place.bytes(name) == bytes) }
        #expect(place.names.count == (form == "lines" ? 2 : 23))
        #expect(place.isSettled)
        #expect(try place.ledger.summary(at: place.now).openBatches == 0)
    }

    @Test("on the limit it was given")
    func limit() throws {
        let place = try Place { plan in plan.groupRequests = 5 }
        for item in try Campaign(World.forge, count: 12).items { try place.drop(item) }
        #expect(try place.pass(limit: 1).requests == 5)
        #expect(try place.pass(limit: 6).requests == 7)
        #expect(try place.clients.count == 12)
    }

    @Test("when space is low: nothing is taken, and after room was made everything is answered")
    func spaceLow() throws {
        let place = try Place { plan in plan.space.bytes = .max }
        try place.drop(try World.forge.item(of: World.software))
        #expect {
            try place.pass()
        } throws: { error in
            guard case PipelineError.spaceLow(_, .bytes(let free, .max)) = error else { return false }
            return free > 0 && (error as? PipelineError)?.isTemporary == true
        }
        #expect(place.lying(in: .incoming).count == 2)
        #expect(place.lying(in: .active).isEmpty)
        #expect(try place.clients.isEmpty)
        place.plan.space = Place.anySpace
        try place.reopen()
        try place.pass()
        #expect(try place.clients.count == 1)
    }

    @Test("when the ledger is busy: the same process goes on with what it had taken, and issues it once")
    func busy() throws {
        let place = try Place { plan in plan.groupRequests = 4 }
        for item in try Campaign(World.forge, count: 3).items { try place.drop(item) }
        try place.drop("b.ndjson", try Campaign(World.forge, count: 9, numberedFrom: 100).bulk)
        try place.withLockedLedger {
            #expect(throws: PipelineError.self) { try place.pass() }
        }
        #expect(try place.clients.isEmpty)
        try place.pass()
        #expect(try place.clients.count == 12)
        #expect(place.isSettled)
        #expect(place.names.count == 5)
    }

    @Test("what was staged and not committed never appears, though it has the name of what will")
    func leftovers() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        try place.pass()
        let name = "a.\(Place.h16(try #require(item.request))).accepted.json"
        try place.folder.write(Array("{}".utf8), to: "spool/staging/\(name)")
        try place.drop(item, as: "a")
        try place.pass()
        #expect(try place.answer(name).response?.clientId == (try place.clients.first?.clientID))
        #expect(place.isSettled)
    }
}
