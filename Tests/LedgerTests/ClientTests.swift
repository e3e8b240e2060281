import Ledger
import OpenBanking
import Testing

@Suite("Ledger: clients")
struct ClientTests {
    typealias Fixture = TemporaryLedger

    @Test("a client comes back as it was issued")
    func issue() throws {
        let fixture = try Fixture()
        var client = Fixture.client("c1", secretHash: [UInt8](repeating: 7, count: 32))
        client.organisationIdentifier = "PSDGB-FCA-123456"
        try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in try group.clients.issue(client) }
        try fixture.open().read(at: Fixture.now) { group throws(LedgerError) in
            #expect(try group.clients.find("c1") == client)
            #expect(try group.clients.find("c2") == nil)
        }
    }

    @Test("a client_id is never issued twice, not even after its deletion")
    func reuse() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.issue(Fixture.client("c1"))
            try group.clients.tombstone("c1", at: Fixture.now + 5)
        }
        do {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                try group.clients.issue(Fixture.client("c1", software: "other"))
            }
            Issue.record("issued twice")
        } catch {
            #expect(error.code == "ledger.constraint")
        }
    }

    @Test("a deleted client keeps its dates and loses its secret's hash")
    func tombstone() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.issue(Fixture.client("c1", secretHash: [UInt8](repeating: 7, count: 32)))
            try group.clients.tombstone("c1", at: Fixture.now + 5)
            let client = try group.clients.find("c1")
            #expect(client?.deletedAt == Fixture.now + 5)
            #expect(client?.secretHash == nil)
            #expect(client?.isDeleted == true)
            #expect(throws: LedgerError.missing("living client c1")) { try group.clients.tombstone("c1", at: 1) }
            #expect(throws: LedgerError.missing("living client c1")) { try group.clients.update(Fixture.client("c1")) }
            #expect(try group.clients.active(softwareID: "software1", environment: .sandbox).isEmpty)
        }
    }

    @Test("an update changes what may change and leaves the rest")
    func update() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.issue(Fixture.client("c1"))
            var changed = Fixture.client("c1", software: "ignored")
            changed.authenticationMethod = "private_key_jwt"
            changed.updatedAt = Fixture.now + 9
            changed.summary = "{}"
            try group.clients.update(changed)
            changed.softwareID = "software1"
            #expect(try group.clients.find("c1") == changed)
        }
    }

    @Test("the clients of a software statement are told by environment, oldest first")
    func active() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            var late = Fixture.client("a")
            late.issuedAt += 10
            var live = Fixture.client("live")
            live.environment = .production
            for client in [late, Fixture.client("b"), live, Fixture.client("d", software: "software2")] {
                try group.clients.issue(client)
            }
            #expect(
                try group.clients.active(softwareID: "software1", environment: .sandbox).map(\.clientID) == ["b", "a"]
            )
            #expect(try group.clients.countActive(softwareID: "software1", environment: .sandbox) == 2)
            #expect(try group.clients.countActive(softwareID: "software1", environment: .production) == 1)
            #expect(
                try group.clients.page(after: "a", ClientFilter(), limit: 2).map(\.clientID) == ["b", "live"]
            )
        }
    }
}
