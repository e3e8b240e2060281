import Crypto
import Ledger
import OpenBanking
import Testing

@Suite("Ledger: pages of clients")
struct ClientPageTests {
    typealias Fixture = TemporaryLedger

    private static func filled() throws -> Ledger {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            for number in 1...5 { try group.clients.issue(Fixture.client("c\(number)", software: "s\(number % 2)")) }
            try group.clients.tombstone("c4", at: Fixture.now + 60)
        }
        return ledger
    }

    private static func ids(_ ledger: Ledger, after last: String = "", _ filter: ClientFilter, limit: Int = 10) throws
        -> [String]
    {
        try ledger.read(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.page(after: last, filter, limit: limit).map(\.clientID)
        }
    }

    @Test("pages follow each other without a gap or a repeat")
    func pages() throws {
        let ledger = try Self.filled()
        #expect(try Self.ids(ledger, ClientFilter(), limit: 2) == ["c1", "c2"])
        #expect(try Self.ids(ledger, after: "c2", ClientFilter(), limit: 2) == ["c3", "c4"])
        #expect(try Self.ids(ledger, after: "c4", ClientFilter(), limit: 2) == ["c5"])
    }

    @Test("a filter asks for organisation, software, state and time, alone and together")
    func filters() throws {
        let ledger = try Self.filled()
        var filter = ClientFilter()
        filter.softwareID = "s1"
        #expect(try Self.ids(ledger, filter) == ["c1", "c3", "c5"])
        filter.organisationID = "other"
        #expect(try Self.ids(ledger, filter).isEmpty)
        filter = ClientFilter()
        filter.state = .deleted
        #expect(try Self.ids(ledger, filter) == ["c4"])
        filter.state = .registered
        #expect(try Self.ids(ledger, filter) == ["c1", "c2", "c3", "c5"])
        filter.changedSince = Fixture.now + 60
        #expect(try Self.ids(ledger, filter).isEmpty)
        filter.state = nil
        #expect(try Self.ids(ledger, filter) == ["c4"])
        filter.changedSince = Fixture.now + 61
        #expect(try Self.ids(ledger, filter).isEmpty)
    }

    @Test("the request that told a secret is kept while the secret is, and forgotten with it")
    func secretRequest() throws {
        let ledger = try Fixture().open()
        let first = Fixture.client("c1", secretHash: [UInt8](repeating: 7, count: 32))
        var second = first
        second.requestSHA256 = .of("second")
        var third = first
        third.requestSHA256 = .of("third")
        var fourth = first
        fourth.requestSHA256 = .of("fourth")
        fourth.secretHash = [UInt8](repeating: 8, count: 32)
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.issue(first)
            #expect(try group.clients.find("c1")?.secretRequest == nil)
            for client in [second, third] {
                try group.clients.update(client)
                #expect(try group.clients.find("c1")?.secretRequest == first.requestSHA256)
            }
            try group.clients.update(fourth)
            #expect(try group.clients.find("c1")?.secretRequest == nil)
        }
    }
}
