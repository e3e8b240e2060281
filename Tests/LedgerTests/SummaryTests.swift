import Ledger
import OpenBanking
import Testing

@Suite("Ledger: summary")
struct SummaryTests {
    typealias Fixture = TemporaryLedger

    @Test("says what there is, today and ever")
    func summary() throws {
        let fixture = try Fixture()
        let ledger = try fixture.open()
        let yesterday = Fixture.now - 86_400
        try ledger.group(at: yesterday) { group throws(LedgerError) in
            var client = Fixture.client("old")
            client.issuedAt = yesterday
            try group.clients.issue(client)
            group.count(.malformed)
        }
        try ledger.group(at: Fixture.now) { group throws(LedgerError) in
            try DurabilityTests.fill(group)
            group.count(.malformed)
            try group.clients.issue(Fixture.client("gone"))
            try group.clients.tombstone("gone", at: Fixture.now)
            try group.meta.setLastPass(PassRecord(startedAt: 5, finishedAt: 6, requests: 7))
        }
        let summary = try Ledger.openReadOnly(fixture.path).summary(at: Fixture.now)
        #expect(summary.clients == 2)
        #expect(summary.deletedClients == 1)
        #expect(summary.issuedToday == 2)
        #expect(summary.today[.accepted] == 1)
        #expect(summary.today[.malformed] == 1)
        #expect(summary.ever[.malformed] == 2)
        #expect(summary.ever.total == 3)
        #expect(summary.waiting == 1)
        #expect(summary.pendingResults == 1)
        #expect(summary.openBatches == 1)
        #expect(summary.lastGroupAt == Fixture.now)
        #expect(summary.lastPass == PassRecord(startedAt: 5, finishedAt: 6, requests: 7))
        #expect(summary.databaseBytes > 4_096)
    }

    @Test("every outcome has its own count")
    func counts() {
        for outcome in Outcome.allCases {
            var counts = OutcomeCounts()
            counts[outcome] += 1
            #expect(counts.total == 1)
            #expect(counts[outcome] == 1)
        }
    }
}
