import Crypto
import Encoding
import Ledger
import Pipeline
import Simulator
import Spool
import Testing

/// A name in `results/` that other bytes have when a running pass wants it: the result is kept apart, told, and all else
/// goes on.
@Suite("A result whose name is taken, met in a pass")
struct ConflictTests {
    private static let other = Array("{}".utf8)

    /// Takes a name in results before the pass does.
    private func take(_ name: String, in place: Place) throws {
        try place.folder.write(Self.other, to: "spool/results/\(World.day)/\(name)")
    }

    private func accepted(_ item: ForgedItem, as stem: String) throws -> String {
        "\(stem).\(Place.h16(try #require(item.request))).accepted.json"
    }

    /// What holds of a pass that met these names, and of the next start: kept once, told once, nothing issued again.
    private func check(_ place: Place, _ tally: PassTally, _ names: [String], clients: Int) throws {
        #expect(tally.lost.map(\.name).sorted() == names.map { "results/\(World.day)/\($0)" }.sorted())
        for (name, reason) in tally.lost {
            let file = name.split(separator: "/").last ?? ""
            #expect(reason.hasSuffix("it is kept in failed/conflict/\(file)"), "\(reason)")
        }
        for round in 0...1 {
            #expect(place.isSettled)
            let kept = names.flatMap { ["conflict/\($0)", "conflict/\($0).reason.json"] }.sorted()
            #expect(place.lying(in: .failed).sorted() == kept)
            for name in names {
                #expect(try place.bytes(name) == Self.other)
                let bytes = try place.folder.read("spool/failed/conflict/\(name)")
                #expect(
                    try place.read { group throws(LedgerError) in try group.outbox.lostResults() }
                        .contains { $0.resultName.hasSuffix("/" + name) && $0.sha256 == .of(bytes) }
                )
            }
            let summary = try place.ledger.summary(at: place.now)
            #expect(summary.lostResults == names.count && summary.pendingResults == 0 && summary.openBatches == 0)
            #expect(try place.clients.count == clients)
            guard round == 0 else { return }
            try place.reopen()
            let next = try place.pass()
            #expect(next.requests == 0 && next.lost.isEmpty && next.failed.isEmpty)
        }
    }

    @Test("of one file it is kept and told, and the daemon's next pass works on")
    func single() throws {
        let place = try Place()
        let items = try Campaign(World.forge, count: 2).items
        let name = try accepted(items[0], as: "a")
        try take(name, in: place)
        try place.drop(items[0], as: "a")
        let tally = try place.pass()
        #expect(tally.counts.accepted == 1 && tally.published == 0)
        try place.drop(items[1], as: "b")
        #expect(try place.pass().counts.accepted == 1)
        #expect(try place.answer(to: "b").outcome == "accepted")
        try check(place, tally, [name], clients: 2)
    }

    @Test("of several in one group each is kept, the others appear, and what waits behind them is taken")
    func several() throws {
        let place = try Place { plan in plan.groupRequests = 8 }
        let items = try Campaign(World.forge, count: 20).items
        for (number, item) in items.enumerated() { try place.drop(item, as: "n\(number)") }
        let names = try [1, 4, 7, 13].map { try accepted(items[$0], as: "n\($0)") }
        for name in names { try take(name, in: place) }
        let tally = try place.pass()
        #expect(tally.counts.accepted == 20 && tally.published == 16)
        #expect(place.names.count == 20)
        try check(place, tally, names, clients: 20)
    }

    /// The files that tell of a batch.
    enum Part: String, CaseIterable, Sendable {
        case results = "results.ndjson", summary = "summary.json", acknowledgement = "ack.json"
    }

    @Test("of a batch it is kept, and its other files and the next batch appear", arguments: Part.allCases)
    func batch(_ part: Part) throws {
        let place = try Place { plan in plan.groupRequests = 4 }
        let items = try Campaign(World.forge, count: 14).items
        let text = items[..<10].map { $0.line + "\n" }.joined()
        try place.drop("a.manifest.json", "{\"records\":10}")
        try place.drop("a.ndjson", text)
        try place.drop("b.ndjson", items[10...].map { $0.line + "\n" }.joined())
        let name = "a.\(Place.h16(text)).\(part.rawValue)"
        try take(name, in: place)
        let tally = try place.pass()
        #expect(tally.counts.accepted == 14 && tally.batches.sorted() == ["a.ndjson", "b.ndjson"])
        let all = Part.allCases.map { "a.\(Place.h16(text)).\($0.rawValue)" }
        #expect(place.names.filter { $0.hasPrefix("a.") } == all.sorted())
        #expect(place.names.count { $0.hasPrefix("b.") } == 2)
        try check(place, tally, [name], clients: 14)
    }

    @Test("of a request that waited it is kept, and told with what the pass answers besides")
    func waited() throws {
        let path = KeyStorePath.keys(World.software.organisation.id, World.software.id)
        let place = try Place(without: [path])
        let item = try World.forge.item(of: World.software)
        try place.drop(item, as: "w")
        #expect(try place.pass().counts.deferred == 1)
        let name = try accepted(item, as: "w")
        try take(name, in: place)
        try place.publish(path)
        try place.drop(try World.forge.item(of: World.directory.software[1], number: 1), as: "x")
        let tally = try place.pass()
        #expect(tally.counts.accepted == 2)
        #expect(place.lying(in: .deferred).isEmpty)
        try check(place, tally, [name], clients: 2)
    }

    @Test("a twin's name is no conflict: the first answer stands, and nothing is told")
    func twin() throws {
        let place = try Place()
        let name = "x.\(Place.h16("no request")).malformed.json"
        try take(name, in: place)
        try place.drop("x.jwt", "no request")
        let tally = try place.pass()
        #expect(tally.counts.malformed == 1 && tally.lost.isEmpty && place.isSettled)
        #expect(try place.bytes(name) == Self.other)
        #expect(place.lying(in: .failed).isEmpty)
    }

    @Test("a running pass that cannot write the loss down leaves it to the next start, and nothing is lost")
    func stopped() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        let name = try accepted(item, as: "a")
        try take(name, in: place)
        try place.drop(item, as: "a")
        // A link nobody can make: the folder of what is kept apart is a file.
        try place.folder.write([], to: "spool/failed/conflict")
        #expect(throws: PipelineError.self) { try place.pass() }
        #expect(place.lastTally.lost.isEmpty)
        #expect(place.lying(in: .staging) == [name])
        try place.folder.remove("spool/failed/conflict")
        try place.reopen()
        try check(place, try place.pass(), [name], clients: 1)
    }

    @Test("the pass after an operator put it in its place tells it as lost no longer, without a start between")
    func found() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        let name = try accepted(item, as: "a")
        try take(name, in: place)
        try place.drop(item, as: "a")
        try place.pass()
        try place.pass()
        #expect(try place.ledger.summary(at: place.now).lostResults == 1)
        try place.folder.remove("spool/results/\(World.day)/\(name)")
        let upkeep = try SpoolUpkeep(place.folder / "spool")
        #expect(try upkeep.retry("conflict/\(name)") == .appeared("results/\(World.day)/\(name)"))
        try place.pass()
        #expect(try place.ledger.summary(at: place.now).lostResults == 0)
        #expect(try place.answer(to: "a").outcome == "accepted")
        #expect(try place.unfaithfulResults.isEmpty)
    }
}
