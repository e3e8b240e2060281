import Encoding
import GRDB
import Glibc
import Simulator
import Testing

@Suite("wait")
struct WaitTests {
    @Test("says nothing and ends with 0 where all is fresh")
    func fresh() throws {
        let site = try Site()
        try site.fill()
        let result = try site.runAsOf("wait", "--fresh", "--timeout", "0s")
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.isEmpty)
        let json = try site.runAsOf("wait", "--fresh", "--json")
        #expect(json.output.hasPrefix("{\"v\":1,\"fresh\":true,\"sources\":34,\"behind\":0,\"generation\":34,"))
    }

    @Test("ends with 75 when the time is over, and says why")
    func timeout() throws {
        let site = try Site()
        let none = try site.runAsOf("wait", "--fresh", "--timeout", "300ms")
        #expect(none.code == 75)
        #expect(none.errors.hasPrefix("counterfoil: no source of keys is known yet\n  what to do: "))
        try site.folder.remove(site.softwareFile(0))
        _ = try site.refresh()
        let one = try site.runAsOf("wait", "--fresh", "--timeout", "0s")
        #expect(one.code == 75)
        #expect(one.errors.hasPrefix("counterfoil: 1 source is not fresh, such as software "))
        #expect(try site.runAsOf("wait", "--fresh", "--class", "directory", "--timeout", "0s").code == 0)
        #expect(try site.runAsOf("wait", "--fresh", "--class", "software", "--timeout", "0s").code == 75)
        let later = Timestamp.rfc3339(Site.now + 61)
        let old = ["wait", "--fresh", "--class", "directory", "--max-age", "1m", "--timeout", "0s", "--as-of", later]
        #expect(try Program.run(old, in: site.folder).code == 75)
    }

    @Test("needs to be told what to wait for")
    func usage() throws {
        let site = try Site()
        #expect(try site.run("wait").code == 64)
        #expect(try site.run("wait", "--fresh", "--timeout", "soon").code == 64)
        #expect(try site.run("wait", "--fresh", "--class", "key").code == 64)
    }

    @Test("ends when another process has refreshed, without a daemon")
    func another() throws {
        let site = try Site()
        let waiting = try Running(["wait", "--fresh", "--timeout", "30m", "--as-of", Site.asOf], in: site.folder)
        try site.fill()
        #expect(try waiting.wait().code == 0)
    }

    @Test("a cache that is half made, or as an earlier version left it, is waited for, and told when the time is over")
    func older() throws {
        let site = try Site()
        try site.fill()
        var patient = Configuration()
        patient.busyMode = .timeout(60)
        let cache = try DatabaseQueue(path: site.folder.path + "/state/cache.sqlite", configuration: patient)
        let last = "FROM grdb_migrations WHERE identifier = 'past states'"
        try cache.write { db in try db.execute(sql: "DELETE \(last)") }
        let waiting = try Running(["wait", "--fresh", "--timeout", "30m", "--as-of", Site.asOf], in: site.folder)
        // Begun later, so that the first has most likely looked when this ends.
        let impatient = try site.runAsOf("wait", "--fresh", "--timeout", "0s")
        #expect(impatient.code == 75)
        #expect(impatient.errors.contains("is as an earlier version left it"), "\(impatient.errors)")
        try cache.write { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('past states')") }
        #expect(try waiting.wait().code == 0)
    }

    @Test("ends when it is told to")
    func stopped() throws {
        let site = try Site()
        let waiting = try Running(["wait", "--fresh", "--timeout", "1m"], in: site.folder)
        // Whoever comes before it listens for signals ends it by the signal itself.
        waiting.signal(SIGTERM)
        #expect([143, -SIGTERM].contains(try waiting.wait().code))
    }
}
