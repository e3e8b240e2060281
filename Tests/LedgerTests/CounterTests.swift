import Testing

import Ledger

@Suite("Counters of the ledger")
struct CounterTests {
    @Test("are added with the group's commit, and with nothing of a group that was given up")
    func counts() throws {
        let file = try TemporaryLedger()
        let ledger = try file.open()
        try ledger.group(at: 1) { group in
            group.count("a x", by: 2)
            group.count("b")
            group.count("a x")
        }
        #expect(throws: LedgerError.abandoned("test")) {
            try ledger.group(at: 2) { group throws(LedgerError) in
                group.count("b", by: 40)
                throw .abandoned("test")
            }
        }
        try ledger.group(at: 3) { $0.count("a x", by: 10) }
        let rows = try ledger.read(at: 4) { group throws(LedgerError) in try group.counters() }
        #expect(rows.map { "\($0.name)=\($0.number)" }.sorted() == ["a x=13", "b=1"])
    }
}
