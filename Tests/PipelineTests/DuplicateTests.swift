import Encoding
import Ledger
import Pipeline
import Rules
import Simulator
import Spool
import Testing

/// The same request again, in every way it can come: one credential, and an answer that names the first.
@Suite("A request that comes again")
struct DuplicateTests {
    /// What must hold after a request came `times` times: one client, the rest duplicates of its result.
    private func check(_ place: Place, times: Int) throws {
        let answers = try place.answers
        #expect(answers.count == times)
        let accepted = answers.filter { $0.outcome == "accepted" }
        let repeats = answers.filter { $0.outcome == "duplicate" }
        #expect(accepted.count == 1)
        #expect(repeats.count == times - 1)
        let client = try #require(accepted.first?.response?.clientId)
        #expect(try place.clients.map(\.clientID) == [client])
        for answer in repeats {
            let prior = try #require(answer.duplicateOf)
            #expect(prior.same == "bytes")
            #expect(prior.outcome == "accepted")
            #expect(prior.clientId == client)
            #expect(prior.line == accepted[0].source.line)
            #expect(answer.http == nil && answer.response == nil)
            #expect(place.has(prior.result), "\(prior.result) is not there")
        }
    }

    @Test("as two files of one group")
    func oneGroup() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        try place.drop(item, as: "one")
        try place.drop(item, as: "two")
        try place.pass()
        try check(place, times: 2)
    }

    @Test("as lines of one batch, in one group or in several", arguments: [1, 8])
    func oneBatch(_ group: Int) throws {
        let place = try Place { plan in plan.groupRequests = group }
        let line = try World.forge.item(of: World.software).line
        try place.drop("b.ndjson", "\(line)\n\(line)\n\(line)\n")
        try place.pass()
        try check(place, times: 3)
    }

    @Test("in two batches, in two passes")
    func twoBatches() throws {
        let place = try Place()
        let line = try World.forge.item(of: World.software).line
        try place.drop("b1.ndjson", line)
        try place.pass()
        try place.drop("b2.ndjson", line)
        try place.pass()
        try check(place, times: 2)
    }

    @Test("as single, as record and as line, before and after a restart")
    func everyForm() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        try place.drop(item, as: "single")
        try place.pass()
        try place.drop("record.json", item.line)
        try place.pass()
        try place.reopen()
        try place.drop("line.ndjson", item.line)
        try place.drop(item, as: "again")
        try place.pass()
        try check(place, times: 4)
    }

    @Test("under the same name: the answers are there and stay what they were")
    func sameName() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        try place.drop(item, as: "a")
        try place.pass()
        let first = place.names
        let bytes = try place.bytes(first[0])
        for _ in 1...3 {
            try place.drop(item, as: "a")
            place.now += 60
            try place.pass()
        }
        #expect(place.names == (first + ["a.\(Place.h16(try #require(item.request))).duplicate.json"]).sorted())
        #expect(try place.bytes(first[0]) == bytes)
        try check(place, times: 2)
    }

    @Test("as three files of one stem: one result of each outcome, each as the ledger has it")
    func sameStem() throws {
        let place = try Place()
        let item = try World.forge.item(of: World.software)
        try place.drop(item, as: "a")
        try place.pass()
        for ending in ["jwt", "jws", "jose"] { try place.drop("a.\(ending)", try #require(item.request)) }
        try place.pass()
        try check(place, times: 2)
        #expect(try place.unfaithfulResults == [])
        #expect(try place.ledger.summary(at: place.now).pendingResults == 0)
    }

    @Test("as other bytes with the same iss and jti")
    func sameJTI() throws {
        let place = try Place()
        let draft = World.forge.request(for: World.software, number: 1)
        var other = draft
        other.claims["scope"] = "openid accounts"
        try place.drop("first.json", try draft.line())
        try place.pass()
        try place.drop("second.json", try other.line())
        try place.pass()
        let second = try place.answer(to: "second")
        #expect(second.outcome == "duplicate")
        #expect(second.duplicateOf?.same == "iss and jti")
        #expect(try place.clients.count == 1)
    }

    @Test("a forged request burns no jti")
    func forged() throws {
        let place = try Place()
        let draft = World.forge.request(for: World.software, number: 1)
        var forged = draft
        forged.token.damage = .flippedSignature
        try place.drop("forged.json", try forged.line())
        try place.pass()
        #expect(try place.answer(to: "forged").outcome == "rejected")
        try place.drop("true.json", try draft.line())
        try place.pass()
        #expect(try place.answer(to: "true").outcome == "accepted")
    }

    @Test("the same batch under its own name is not answered again, under another its lines are duplicates")
    func sameBatch() throws {
        let place = try Place()
        let line = try World.forge.item(of: World.software).line
        try place.drop("b.ndjson", line)
        try place.pass()
        let names = place.names
        try place.drop("b.ndjson", line)
        try place.pass()
        #expect(place.names == names)
        #expect(place.lying(in: .archive).count == 2)
        #expect(place.isSettled)
        try place.drop("c.ndjson", line)
        try place.pass()
        try check(place, times: 2)
    }

    @Test("what the ledger refused is a duplicate of that refusal, by the file that says so")
    func refused() throws {
        let place = try Place(policy: { $0.duplicates = .refuse })
        try place.drop("one.json", try World.forge.request(for: World.software, number: 1).line())
        try place.pass()
        let second = try World.forge.request(for: World.software, number: 2).line()
        try place.drop("two.json", second)
        try place.pass()
        #expect(try place.answer(to: "two").outcome == "rejected")
        try place.drop("three.json", second)
        try place.pass()
        let prior = try #require(try place.answer(to: "three").duplicateOf)
        #expect(prior.outcome == "rejected")
        #expect(place.has(prior.result), "\(prior.result) is not there")
    }
}
