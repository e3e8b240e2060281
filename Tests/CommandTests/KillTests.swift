import Encoding
import Glibc
import OpenBanking
import Simulator
import Testing

@Suite("Killing")
struct KillTests {
    @Test("in the middle of a batch, again and again: every line is answered once")
    func batch() throws {
        let site = try Site(["process": "{workers: 2, group_requests: 16}"])
        let campaign = try Campaign(site.forge, count: 400, faults: Campaign.evenly(3))
        try site.folder.write(String(decoding: campaign.bulk, as: UTF8.self), to: "spool/incoming/batch.ndjson")
        _ = try site.refresh()
        var kills = 0
        for delay: UInt32 in [40_000, 90_000, 140_000, 60_000, 200_000, 110_000, 250_000, 170_000] {
            let run = try Running(["process", "--as-of", Site.asOf], in: site.folder)
            usleep(delay)
            run.signal(SIGKILL)
            if try run.wait().code == -SIGKILL { kills += 1 }
        }
        #expect(kills > 0)
        let last = try site.runAsOf("process")
        #expect(last.code == 2, "\(last.output)\(last.errors)")
        try check(site, campaign)
    }

    /// Every line has its answer, in order, and no client was issued twice.
    private func check(_ site: Site, _ campaign: Campaign) throws {
        let results = site.folder.results()
        let name = try #require(results.first { $0.hasSuffix(".results.ndjson") }, "\(results)")
        #expect(results.filter { $0.hasSuffix(".summary.json") }.count == 1)
        let lines = try site.folder.text(name).split(separator: "\n")
        #expect(lines.count == campaign.items.count)
        var clients: [String] = []
        for (line, item) in zip(lines, campaign.items) {
            let document = JSONDocument(limits: .record)
            try document.parse(ByteSlice(String(line)))
            #expect(document.root["outcome"]?.text?.string == item.expectation.outcome.rawValue, "\(item.name)")
            if let client = document.root["response"]?["client_id"]?.text?.string { clients.append(client) }
        }
        #expect(clients.count == campaign.expected[.accepted])
        #expect(Set(clients).count == clients.count)
        let status = try site.runAsOf("status")
        #expect(status.output.contains("LEDGER  ok        \(clients.count) clients"), "\(status.output)")
        #expect(site.folder.names("spool/staging").isEmpty)
        #expect(site.folder.names("spool/active").isEmpty)
        #expect(site.folder.names("spool/incoming") == [".keep"])
    }
}
