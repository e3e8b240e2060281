import Crypto
import Encoding
import Foundation
import OpenBanking
import Testing

@testable import Ledger

@Suite("Ledger: all or nothing")
struct DurabilityTests {
    typealias Fixture = TemporaryLedger

    /// One of everything a group can leave behind.
    static func fill(_ group: LedgerGroup) throws(LedgerError) {
        guard case .new(let number) = try group.enter(Fixture.request("r", jti: "j")) else { throw .misuse("not new") }
        try group.clients.issue(Fixture.client("c1"))
        try group.finish(number, .accepted, clientID: "c1")
        _ = try group.statements.note(.of("ssa"), at: Fixture.now)
        try group.add(OutboxEntry(stagedName: "s", resultName: "r.json", sha256: .of("bytes")))
        _ = try group.batches.open(BatchTests.batch("b"))
        try group.deferred.put(DeferredTests.entry("d", due: 1))
        try group.append(audit: "{}")
        try group.meta.set("x", "y")
        try group.meta.setLastPass(PassRecord(startedAt: 1))
    }

    @Test("a body that throws leaves nothing")
    func rollback() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        #expect(throws: LedgerError.abandoned("disk")) {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                try Self.fill(group)
                throw .abandoned("disk")
            }
        }
        try expectEmpty(fixture)
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in try Self.fill(group) }
        #expect(try fixture.number("SELECT count(*) FROM client") == 1)
    }

    @Test("a full database gives diskFull, keeps nothing, and stops the ledger until it is opened again")
    func full() throws {
        let fixture = try Fixture()
        _ = try fixture.open()
        let size = try fixture.number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        let ledger = try fixture.open(LedgerOptions(byteLimit: Int64(size) + 8_192))
        #expect(throws: LedgerError.diskFull) {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                try Self.fill(group)
                for number in 0..<1_000 {
                    try group.append(audit: "line \(number) \(String(repeating: "x", count: 200))")
                }
            }
        }
        #expect(throws: LedgerError.diskFull) { try ledger.decide(Fixture.request("other")) }
        try expectEmpty(fixture)
        #expect(try fixture.open().decide(Fixture.request("r", jti: "j")).prior == nil)
    }

    @Test("a group is durable in WAL with FULL sync, and its file is private")
    func settings() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        #expect(try ledger.durability() == .init(journal: "wal", synchronous: 2, secureDelete: true, foreignKeys: true))
        #expect(try fixture.number("PRAGMA application_id") == 0x4346_4C44)
        #expect(try fixture.number("PRAGMA user_version") == 7)
        for name in ["ledger.sqlite", "ledger.sqlite-wal"] {
            let path = fixture.folder.appendingPathComponent(name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
    }

    @Test(
        "a connection that would lose a commit in a power cut is refused",
        arguments: [("wal", 1), ("wal", 0), ("delete", 2), ("memory", 2)]
    )
    func notDurable(_ journal: String, _ synchronous: Int) throws {
        #expect(throws: LedgerError.self) {
            try Durability(journal: journal, synchronous: synchronous, secureDelete: true, foreignKeys: true).check()
        }
        for synchronous in 2...3 {
            try Durability(journal: "wal", synchronous: synchronous, secureDelete: true, foreignKeys: true).check()
        }
    }

    @Test("what has no secret to keep keeps none: a secret's hash has 32 bytes or is refused")
    func secrets() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        let secret = "Zk3v9tQ1xW8yB5nR7mL2pC4dF6gH0jKs"
        #expect(throws: LedgerError.self) {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                try group.clients.issue(Fixture.client("c1", secretHash: Array("\(secret)0123".utf8)))
            }
        }
        try ledger.checkpoint()
        #expect(try fixture.bytes().range(of: Data(secret.utf8)) == nil)
    }

    @Test("ten thousand requests in groups of 1,024, and every one is known again")
    func many() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        for start in stride(from: 0, to: 10_000, by: 1_024) {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                for number in start..<min(start + 1_024, 10_000) {
                    let entry = try group.enter(Fixture.request("r\(number)", jti: "j\(number)"))
                    guard case .new(let row) = entry else { throw .misuse("not new") }
                    try group.finish(row, .accepted)
                }
            }
        }
        #expect(try ledger.summary(at: Fixture.now).ever.accepted == 10_000)
        try ledger.read(at: Fixture.now) { group throws(LedgerError) in
            for number in 0..<10_000 { #expect(try group.requests.find(.of("r\(number)")) != nil) }
        }
    }

    private func expectEmpty(_ fixture: Fixture) throws {
        for table in [
            "request", "client", "statement", "outbox", "batch", "deferred", "wanted", "audit", "tally", "work_group",
        ] {
            #expect(try fixture.number("SELECT count(*) FROM \(table)") == 0, "\(table)")
        }
        #expect(try fixture.number("SELECT count(*) FROM meta") == 1)
    }
}
