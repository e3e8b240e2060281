import Crypto
import Ledger
import OpenBanking
import Testing

@Suite("Ledger: batches")
struct BatchTests {
    typealias Fixture = TemporaryLedger

    static func batch(_ key: String, manifest: String? = nil, content: String = "lines") -> BatchRecord {
        BatchRecord(
            key: key,
            manifestID: manifest,
            fileName: "\(key).ndjson",
            byteCount: 1_000,
            contentSHA256: .of(content),
            stagedName: "\(key).part",
            startedAt: Fixture.now
        )
    }

    @Test("a batch cut short goes on from its last committed offsets")
    func resume() throws {
        let fixture = try Fixture()
        var batch = try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            guard case .new(var batch) = try group.batches.open(Self.batch("b")) else { throw .misuse("not new") }
            batch.inputOffset = 500
            batch.outputOffset = 700
            batch.lines = 5
            batch.counts.accepted = 3
            batch.counts.deferred = 2
            batch.updatedAt += 60
            try group.batches.update(batch)
            return batch
        }
        let ledger = try fixture.open()
        #expect(throws: LedgerError.abandoned("killed")) {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                var further = batch
                further.inputOffset = 900
                try group.batches.update(further)
                throw .abandoned("killed")
            }
        }
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            #expect(try group.batches.notDone() == [batch])
            #expect(try group.batches.open(Self.batch("b")) == .resumed(batch))
            batch.state = .complete
            try group.batches.update(batch)
            #expect(try group.batches.notDone() == [batch])
            #expect(try group.batches.open(Self.batch("b")) == .finished(batch))
            batch.state = .done
            try group.batches.update(batch)
            #expect(try group.batches.notDone().isEmpty)
            #expect(try group.batches.find(key: "b") == batch)
        }
        #expect(batch.counts.total == 5)
    }

    @Test("a manifest's batch_id is used once")
    func manifest() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            guard case .new(let first) = try group.batches.open(Self.batch("b", manifest: "m")) else {
                throw .misuse("not new")
            }
            #expect(try group.batches.open(Self.batch("other", manifest: "m")) == .manifestUsed(by: first))
            guard case .new = try group.batches.open(Self.batch("third")) else { throw .misuse("not new") }
            guard case .new = try group.batches.open(Self.batch("fourth")) else { throw .misuse("not new") }
        }
    }

    @Test("one key never names two files")
    func key() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            guard case .new(let first) = try group.batches.open(Self.batch("b")) else { throw .misuse("not new") }
            #expect(try group.batches.open(Self.batch("b", content: "other lines")) == .nameTaken(by: first))
        }
    }

    @Test("what a migration took over is kept from group to group")
    func migration() throws {
        let fixture = try Fixture()
        var opened = Self.batch("b")
        opened.isMigration = true
        let batch = try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            guard case .new(var batch) = try group.batches.open(opened) else { throw .misuse("not new") }
            batch.migration.add(isClient: true, relaxed: [.statementAge, .notExpired, .notExpired])
            batch.migration.add(isClient: true, relaxed: [.statementAge])
            batch.migration.add(isClient: false, relaxed: [RuleID]())
            try group.batches.update(batch)
            return batch
        }
        #expect(batch.migration.clients == 2 && batch.migration.relaxed == 2)
        #expect(batch.migration.rules == [.statementAge: 2, .notExpired: 1])
        try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            #expect(try group.batches.open(Self.batch("b")) == .resumed(batch))
        }
    }
}
