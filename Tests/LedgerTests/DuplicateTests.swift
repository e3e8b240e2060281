import Crypto
import Encoding
import Ledger
import OpenBanking
import Testing

@Suite("Ledger: requests entered again")
struct DuplicateTests {
    typealias Fixture = TemporaryLedger

    @Test("the same bytes are a duplicate, in the group and after re-opening")
    func bytes() throws {
        let fixture = try Fixture()
        let expected = PriorResult(
            match: .bytes,
            outcome: .accepted,
            clientID: "c1",
            resultName: "r.json",
            line: 7,
            decidedAt: Fixture.now
        )
        let request = Fixture.request("r", jti: "j", line: 7)
        try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            guard case .new(let number) = try group.enter(request) else { throw .misuse("not new") }
            try group.finish(number, .accepted, clientID: "c1")
            #expect(try group.enter(request) == .duplicate(expected))
        }
        let ledger = try fixture.open()
        #expect(try ledger.decide(Fixture.request("r", jti: "j")) == .duplicate(expected))
        #expect(try ledger.summary(at: Fixture.now).today.duplicate == 2)
        #expect(try ledger.summary(at: Fixture.now).today.accepted == 1)
    }

    @Test("the same (iss, jti) in other bytes is a duplicate that says so")
    func identifiers() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        _ = try ledger.decide(Fixture.request("one", jti: "j"), .rejected)
        let prior = try #require(ledger.decide(Fixture.request("two", jti: "j")).prior)
        #expect(prior.match == .jti)
        #expect(prior.outcome == .rejected)
        #expect(prior.resultName == "one.json")
        #expect(try ledger.decide(Fixture.request("three", jti: "k")).prior == nil)
        #expect(try fixture.open().decide(Fixture.request("two", jti: "j")).prior?.match == .jti)
    }

    @Test("a jti of another issuer is another jti")
    func issuers() {
        let pairs = [("a", "bc"), ("ab", "c"), ("", "abc"), ("abc", "")]
        let keys = pairs.map { RequestEntry.jtiKey(issuer: .init($0.0), jti: .init($0.1)) }
        #expect(Set(keys).count == pairs.count)
    }

    @Test("requests without a jti have nothing in common")
    func unnamed() throws {
        let ledger = try Fixture().open()
        #expect(try ledger.decide(Fixture.request("one")).prior == nil)
        #expect(try ledger.decide(Fixture.request("two")).prior == nil)
    }

    @Test("a request that waits is a duplicate when it arrives again, and is decided when it is retried")
    func retries() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        _ = try ledger.decide(Fixture.request("r", jti: "j"), .deferred)
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try group.deferred.put(DeferredTests.entry("r", due: 100))
        }
        #expect(try ledger.decide(Fixture.request("r", jti: "j")).prior?.outcome == .deferred)
        #expect(try ledger.decide(Fixture.request("r", jti: "j", isRetry: true), .deferred).prior == nil)
        #expect(try ledger.decide(Fixture.request("r", jti: "j", isRetry: true), .accepted).prior == nil)
        #expect(try ledger.decide(Fixture.request("r", jti: "j", isRetry: true)).prior?.outcome == .accepted)
    }

    @Test("a request that waited in vain is decided anew when it arrives again, as often as that happens")
    func inVain() throws {
        let ledger = try Fixture().open()
        for _ in 1...3 {
            #expect(try ledger.decide(Fixture.request("r", jti: "j"), .deferred).prior == nil)
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                try group.deferred.put(DeferredTests.entry("r", due: 100))
            }
            #expect(try ledger.decide(Fixture.request("r", jti: "j")).prior?.outcome == .deferred)
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                try group.deferred.remove(DeferredTests.entry("r", due: 100).requestSHA256)
            }
        }
        #expect(try ledger.decide(Fixture.request("r", jti: "j")).prior == nil)
        #expect(try ledger.decide(Fixture.request("r", jti: "j")).prior?.outcome == .accepted)
    }

    @Test("a deferred request leaves its jti to the first that is decided")
    func deferredTwin() throws {
        let ledger = try Fixture().open()
        _ = try ledger.decide(Fixture.request("waits", jti: "j"), .deferred)
        _ = try ledger.decide(Fixture.request("decided", jti: "j"), .accepted)
        let prior = try ledger.decide(Fixture.request("waits", jti: "j", isRetry: true)).prior
        #expect(prior?.match == .jti)
        #expect(prior?.resultName == "decided.json")
    }

    @Test("a group with an unfinished request is not kept")
    func unfinished() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        #expect(throws: LedgerError.self) {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in _ = try group.enter(Fixture.request("r")) }
        }
        #expect(try ledger.decide(Fixture.request("r")).prior == nil)
    }

    @Test("a statement seen again says when it was first seen")
    func statements() throws {
        let ledger = try Fixture().open()
        let key = RequestEntry.jtiKey(issuer: .init("OpenBanking Ltd"), jti: .init("s"))
        let seen = try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            [try group.statements.note(key, at: 100), try group.statements.note(key, at: 200)]
        }
        #expect(seen == [nil, 100])
    }
}
