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
        // Ever later, until one is through: on any machine some of them are at work then.
        var (kills, delay): (Int, UInt32) = (0, 0)
        while true {
            let run = try Running(["process", "--as-of", Site.asOf], in: site.folder)
            usleep(delay)
            run.signal(SIGKILL)
            let end = try run.wait()
            guard end.code != -SIGKILL else {
                (kills, delay) = (kills + 1, delay * 5 / 4 + 10_000)
                continue
            }
            // What is left for it may be none of those that are refused as a file.
            #expect([0, 2].contains(end.code), "\(end.output)\(end.errors)")
            break
        }
        #expect(kills > 0)
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
