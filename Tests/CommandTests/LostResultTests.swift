import Crypto
import Encoding
import Foundation
import Glibc
import Simulator
import Testing

@Suite("A committed result whose name other bytes have")
struct LostResultTests {
    /// Takes the name of an item's result on a day.
    private func take(_ item: ForgedItem, _ stem: String, _ day: String, at site: Site) throws -> String {
        let h16 = SHA256Digest.of(Array((item.request ?? "").utf8)).hex.prefix(16)
        let name = "\(stem).\(h16).accepted.json"
        try site.folder.write("{}", to: "spool/results/\(day)/\(name)")
        return name
    }

    private func lostResults(_ status: Program.Result) throws -> Int64? {
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(status.output.trimmingCharacters(in: .whitespacesAndNewlines)))
        return document.root["ledger"]?["lost_results"]?.integer
    }

    @Test("process keeps and tells it, answers the rest, and is at peace once an operator let it appear")
    func process() throws {
        let site = try Site()
        _ = try site.refresh()
        let name = try take(try site.drop(stem: "a"), "a", "2026-11-22", at: site)
        try site.drop(stem: "b", number: 1)
        let result = try site.runAsOf("process")
        #expect(result.code == 2, "\(result.errors)")
        #expect(result.output.contains("lost, an operator must decide:"), "\(result.output)")
        #expect(result.output.contains("it is kept in failed/conflict/\(name)"), "\(result.output)")
        #expect(site.folder.results().contains { $0.contains("/b.") && $0.hasSuffix(".accepted.json") })
        #expect(try lostResults(site.runAsOf("status", "--json")) == 1)
        #expect(try site.runAsOf("status", "--check").code == 2)
        #expect(try site.run("spool", "retry", "conflict/\(name)").code != 0)
        try site.folder.remove("spool/results/2026-11-22/\(name)")
        #expect(try site.run("spool", "retry", "conflict/\(name)").code == 0)
        #expect(try site.runAsOf("process").code == 0)
        #expect(try lostResults(site.runAsOf("status", "--json")) == 0)
        #expect(site.folder.results().count == 2)
        #expect(site.folder.names("spool/failed/conflict").isEmpty)
    }

    @Test("the daemon goes on, and heeds an operator's hand while it runs")
    func daemon() throws {
        let site = try Site(of: try Present.directory.get())
        #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        let item = try site.make()
        // The pass may come behind midnight.
        let days = [0, 86_400].map { String(Timestamp.rfc3339(Int64(time(nil)) + $0).prefix(10)) }
        let name = try days.map { try take(item, "a", $0, at: site) }[0]
        let daemon = try Running(["run"], in: site.folder)
        try site.write(item, to: "spool/incoming/a")
        #expect(daemon.waits { daemon.errors.contains("\"event\":\"spool.result_lost\"") }, "\(daemon.errors)")
        #expect(daemon.errors.contains("it is kept in failed/conflict/\(name)"), "\(daemon.errors)")
        try site.drop(stem: "b", number: 1)
        #expect(daemon.waits { site.folder.results().contains { $0.contains("/b.") } }, "\(daemon.errors)")
        for day in days { try site.folder.remove("spool/results/\(day)/\(name)") }
        #expect(try site.run("spool", "retry", "conflict/\(name)").code == 0)
        #expect(daemon.waits { (try? lostResults(site.run("status", "--json"))) == 0 }, "\(daemon.errors)")
        #expect(daemon.isRunning)
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }
}
