import Crypto
import Ledger
import Testing

@Suite("Ledger: results on their way")
struct OutboxTests {
    typealias Fixture = TemporaryLedger

    static func result(_ name: String) -> OutboxEntry {
        OutboxEntry(stagedName: "\(name).tmp", resultName: "2026-11-22/\(name).json", sha256: .of(name))
    }

    @Test("results wait until their group is marked published")
    func publishing() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        for names in [["a", "b"], ["c"]] {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                for name in names { try group.add(Self.result(name)) }
            }
        }
        let again = try fixture.open()
        try again.group(at: Fixture.now) { group throws(LedgerError) in
            let pending = try group.outbox.pendingResults()
            #expect(pending.map(\.stagedName) == ["a.tmp", "b.tmp", "c.tmp"])
            #expect(pending.map(\.group) == [1, 1, 2])
            #expect(pending[0].sha256 == SHA256Digest.of("a"))
            #expect(group.number == 3)
            try group.outbox.markPublished(upTo: 1)
            #expect(try group.outbox.pendingResults().map(\.stagedName) == ["c.tmp"])
        }
        try again.group(at: Fixture.now) { group throws(LedgerError) in
            #expect(group.number == 3)
            try group.outbox.markPublished(upTo: 2)
            try group.outbox.markPublished(upTo: 1)
            #expect(try group.outbox.publishedThrough() == 2)
            #expect(try group.outbox.pendingResults().isEmpty)
        }
    }

    @Test("a group cannot mark as published what it adds itself, whatever number it is told")
    func notItself() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        // A group that changes nothing leaves no row: the next one has the same number.
        let empty = try ledger.group("answered", at: Fixture.now) { group throws(LedgerError) in group.number }
        try ledger.group("next", at: Fixture.now) { group throws(LedgerError) in
            #expect(group.number == empty)
            try group.add(Self.result("a"))
            try group.outbox.markPublished(upTo: empty)
            #expect(try group.outbox.publishedThrough() == empty - 1)
        }
        try fixture.open().group(at: Fixture.now) { group throws(LedgerError) in
            #expect(try group.outbox.pendingResults().map(\.stagedName) == ["a.tmp"])
            try group.outbox.markPublished(upTo: .max)
            #expect(try group.outbox.publishedThrough() == empty)
        }
    }

    @Test("what came after a group is told page by page, whatever came before")
    func afterGroup() throws {
        let ledger = try Fixture().open()
        for names in [["a", "b"], ["c"], ["d", "e", "f"]] {
            try ledger.group(at: Fixture.now) { group throws(LedgerError) in
                for name in names { try group.add(Self.result(name)) }
            }
        }
        try ledger.read(at: Fixture.now) { group throws(LedgerError) in
            func staged(after number: Int64, behind: Int64, limit: Int = 9) throws(LedgerError) -> [String] {
                try group.outbox.results(afterGroup: number, behind: behind, limit: limit).map(\.stagedName)
            }
            #expect(try staged(after: 0, behind: 0, limit: 2) == ["a.tmp", "b.tmp"])
            #expect(try staged(after: 1, behind: 0, limit: 2) == ["c.tmp", "d.tmp"])
            #expect(try staged(after: 1, behind: 4, limit: 2) == ["e.tmp", "f.tmp"])
            #expect(try staged(after: 2, behind: 0) == ["d.tmp", "e.tmp", "f.tmp"])
            #expect(try staged(after: 3, behind: 0).isEmpty)
        }
    }

    @Test("a lost result is set apart and never waits again")
    func lost() throws {
        let ledger = try Fixture().open()
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try group.add(Self.result("a"))
            let entry = try group.outbox.pendingResults()[0]
            try group.outbox.markLost(entry.number)
            #expect(try group.outbox.pendingResults().isEmpty)
            #expect(try group.outbox.lostResults().map(\.stagedName) == ["a.tmp"])
            #expect(try group.summary().lostResults == 1)
            #expect(throws: LedgerError.missing("result 99")) { try group.outbox.markLost(99) }
        }
    }
}
