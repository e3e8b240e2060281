import Foundation
import GRDB
import Ledger
import Testing

@Suite("Ledger: opening")
struct OpeningTests {
    typealias Fixture = TemporaryLedger

    @Test("a newer schema is refused, for writing and for reading")
    func newer() throws {
        let fixture = try Fixture()
        _ = try fixture.open()
        try fixture.tamper("PRAGMA user_version = 8")
        #expect(throws: LedgerError.newerSchema(found: 8, known: 7)) { try fixture.open() }
        #expect(throws: LedgerError.newerSchema(found: 8, known: 7)) { try Ledger.openReadOnly(fixture.path) }
    }

    @Test("a ledger of version 1 keeps its clients, batches and waiting requests, as ordinary ones")
    func upgrade() throws {
        let fixture = try TemporaryLedger()
        try fixture.open().group(at: TemporaryLedger.now) { group throws(LedgerError) in
            try group.clients.issue(TemporaryLedger.client("c-1"))
            _ = try group.batches.open(BatchTests.batch("b"))
        }
        try fixture.makeVersion4()
        try fixture.tamper("DROP INDEX client_change")
        try fixture.tamper("DROP TABLE export")
        for column in [
            "client given_hash", "client origin", "batch mode", "batch migrated", "batch relaxed",
            "batch relaxations", "deferred mode", "client change", "client secret_request", "batch pace",
        ] {
            let parts = column.split(separator: " ")
            try fixture.tamper("ALTER TABLE \(parts[0]) DROP COLUMN \(parts[1])")
        }
        try fixture.tamper("DELETE FROM grdb_migrations WHERE identifier > '1'")
        try fixture.tamper("PRAGMA user_version = 1")
        #expect(throws: LedgerError.olderSchema(found: 1, known: 7)) { try Ledger.openReadOnly(fixture.path) }
        try fixture.open().group(at: TemporaryLedger.now) { group throws(LedgerError) in
            #expect(try group.clients.find("c-1")?.origin == .issued)
            #expect(try group.batches.find(key: "b")?.isMigration == false)
        }
        #expect(try Ledger.openReadOnly(fixture.path).summary(at: TemporaryLedger.now).waiting == 0)
    }

    @Test("a ledger of version 6 knows its groups, results and clients as before")
    func version6() throws {
        let fixture = try Fixture()
        let old = try fixture.open()
        for name in ["one", "two", "two"] {
            try old.group(name, at: Fixture.now) { group throws(LedgerError) in
                try group.add(OutboxTests.result("\(name)-\(group.number)"))
                try group.clients.issue(Fixture.client("c\(group.number)"))
            }
        }
        try old.group(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.tombstone("c2", at: Fixture.now)
            try group.outbox.markLost(3)
        }
        try fixture.makeVersion6()
        #expect(throws: LedgerError.olderSchema(found: 6, known: 7)) { try Ledger.openReadOnly(fixture.path) }
        try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            #expect(try group.isCommitted("two"))
            #expect(try !group.isCommitted("three"))
            let results = try group.outbox.resultNames(ofGroup: "two")
            #expect(results == ["2026-11-22/two-2.json", "2026-11-22/two-3.json"])
            #expect(try group.outbox.lostResults().map(\.stagedName) == ["two-3.tmp"])
            let summary = try group.summary()
            #expect(summary.clients == 2 && summary.deletedClients == 1 && summary.lostResults == 1)
        }
    }

    @Test("an older schema is not read")
    func older() throws {
        let fixture = try Fixture()
        _ = try fixture.open()
        try fixture.tamper("PRAGMA user_version = 0")
        #expect(throws: LedgerError.olderSchema(found: 0, known: 7)) { try Ledger.openReadOnly(fixture.path) }
    }

    @Test("another program's database is refused and left as it is")
    func foreign() throws {
        let fixture = try Fixture()
        try fixture.tamper("CREATE TABLE t (x)")
        #expect(throws: LedgerError.foreign(applicationID: 0)) { try fixture.open() }
        try fixture.tamper("PRAGMA application_id = 7")
        #expect(throws: LedgerError.foreign(applicationID: 7)) { try fixture.open() }
        #expect(try fixture.number("SELECT count(*) FROM sqlite_schema") == 1)
    }

    @Test("a ledger whose making was cut off is completed, and not read before", arguments: ["", "migrator"])
    func unfinished(_ reached: String) throws {
        let fixture = try Fixture()
        _ = FileManager.default.createFile(atPath: fixture.path, contents: Data())
        if !reached.isEmpty {
            try fixture.tamper("CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)")
        }
        #expect(throws: LedgerError.olderSchema(found: 0, known: 7)) { try Ledger.openReadOnly(fixture.path) }
        _ = try fixture.open()
        #expect(try fixture.number("PRAGMA application_id") == 0x4346_4C44)
        _ = try Ledger.openReadOnly(fixture.path)
    }

    @Test("a file that is no database is corrupt")
    func garbage() throws {
        let fixture = try Fixture()
        try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: fixture.path))
        do {
            _ = try Ledger.open(fixture.path)
            Issue.record("opened")
        } catch {
            #expect(error.code == "ledger.corrupt")
            #expect(error.mustStop)
        }
    }

    @Test("opening for reading makes no file")
    func missing() throws {
        let fixture = try Fixture()
        #expect(throws: LedgerError.cannotOpen(path: fixture.path)) { try Ledger.openReadOnly(fixture.path) }
        #expect(!FileManager.default.fileExists(atPath: fixture.path))
    }

    @Test("a ledger in a folder that is not there cannot be opened")
    func noFolder() throws {
        let path = "\(try Fixture().path)/x/ledger.sqlite"
        #expect(throws: LedgerError.cannotOpen(path: path)) { try Ledger.open(path) }
    }

    @Test("reading works while another writes, sees only what is committed, and changes nothing")
    func reading() throws {
        let fixture = try Fixture()
        let writer = try fixture.open()
        let reader = try Ledger.openReadOnly(fixture.path)
        try writer.group(at: Fixture.now) { group throws(LedgerError) in
            try group.clients.issue(Fixture.client("c1"))
            #expect(try reader.summary(at: Fixture.now).clients == 0)
        }
        #expect(try reader.summary(at: Fixture.now).clients == 1)
        #expect(throws: LedgerError.readOnly) {
            try reader.group(at: Fixture.now) { group throws(LedgerError) in
                try group.clients.issue(Fixture.client("c2"))
            }
        }
        #expect(throws: LedgerError.readOnly) {
            try writer.read(at: Fixture.now) { group throws(LedgerError) in
                try group.clients.issue(Fixture.client("c2"))
            }
        }
    }

    @Test("a ledger left by a stopped process is read without one")
    func stopped() throws {
        let fixture = try Fixture()
        do {
            let writer = try fixture.open()
            _ = try writer.decide(Fixture.request("r"))
        }
        #expect(try Ledger.openReadOnly(fixture.path).summary(at: Fixture.now).ever.accepted == 1)
    }

    @Test("a second writer waits, then is told the ledger is busy; nothing is broken by it")
    func busy() throws {
        let fixture = try Fixture()
        let first = try fixture.open()
        let second = try fixture.open(LedgerOptions(busySeconds: 0.05))
        try first.group(at: Fixture.now) { group throws(LedgerError) in
            #expect(throws: LedgerError.busy) { try second.decide(Fixture.request("other")) }
            try DurabilityTests.fill(group)
        }
        #expect(try second.decide(Fixture.request("other")).prior == nil)
    }

    @Test("every error says what to do next, under a code of its own")
    func errors() {
        let errors: [LedgerError] = [
            .busy, .diskFull, .io(code: 10), .corrupt("x"), .foreign(applicationID: 1),
            .newerSchema(found: 8, known: 7),
            .olderSchema(found: 0, known: 7), .constraint("x"), .cannotOpen(path: "x"), .readOnly, .notDurable("x"),
            .abandoned("x"), .missing("x"), .misuse("x"), .sqlite(code: 1, "x"),
        ]
        #expect(Set(errors.map(\.code)).count == errors.count)
        #expect(errors.allSatisfy { !$0.remedy.isEmpty && !$0.description.isEmpty })
        #expect(
            errors.filter(\.mustStop).map(\.code) == [
                "ledger.disk_full", "ledger.io", "ledger.corrupt", "ledger.not_durable",
            ]
        )
    }
}
