import GRDB
import Simulator
import Testing

@Suite("status")
struct StatusTests {
    @Test("works with nothing there, and says what to do")
    func nothing() throws {
        let site = try Site()
        try site.folder.remove("spool")
        let result = try site.runAsOf("status")
        #expect(result.code == 10)
        #expect(
            result.output == """
                counterfoil 0.1.0   not running   sandbox   config counterfoil.yaml
                KEYS    none      no cache yet
                SPOOL   critical  not readable
                WORK    ok        no pass yet
                LEDGER  ok        no ledger yet

                There is no cache of keys yet, so every request waits.  counterfoil refresh
                The spool cannot be read.  create the folder spool.path names, or correct the setting

                """
        )
        #expect(
            result.errors == """
                counterfoil: not initialised: there is no cache of keys and no ledger yet
                  what to do: bring the keys in first: counterfoil refresh

                """
        )
        #expect(!site.folder.has("state"))
    }

    @Test("shows keys, spool, work and ledger after a pass")
    func afterPass() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        try site.drop(.foreignRedirect, stem: "wrong", number: 1)
        _ = try site.runAsOf("process")
        let result = try site.runAsOf("status")
        #expect(result.code == 0)
        #expect(result.errors.isEmpty)
        #expect(result.output.contains("KEYS    fresh     snapshot "))
        #expect(result.output.contains("directory  openbanking.jwks   1 key   now   kid "))
        #expect(result.output.contains("last pass 00:00:00Z: 2 in "))
        #expect(result.output.contains("1 accepted, 1 rejected"))
        #expect(result.output.contains("LEDGER  ok        1 client   db "))
        let json = try site.runAsOf("status", "--json")
        #expect(json.output.hasPrefix("{\"v\":1,"))
        #expect(json.code == 0)
    }

    @Test("--check speaks to monitoring in one line: 0 OK, 2 CRITICAL, 3 UNKNOWN")
    func check() throws {
        let site = try Site()
        let none = try site.runAsOf("status", "--check")
        #expect(none.code == 2)
        #expect(none.output.hasPrefix("CRITICAL - There is no cache of keys yet"))
        _ = try site.refresh()
        _ = try site.runAsOf("process")
        let good = try site.runAsOf("status", "--check")
        #expect(good.output.hasPrefix("OK - keys fresh, nothing waits | key_age=0s;3600;86400 "), "\(good.output)")
        #expect(good.code == 0)
        let old = try site.run("status", "--check", "--as-of", "2026-11-22T05:00:00Z")
        #expect(old.code == 1, "\(old.output)")
        #expect(old.output.hasPrefix("WARNING - "))
        try site.folder.write("workerz: 3\n", to: "counterfoil.yaml")
        let unknown = try site.runAsOf("status", "--check")
        #expect(unknown.code == 3)
        #expect(unknown.output.hasPrefix("UNKNOWN - counterfoil.yaml:1:1: unknown key \"workerz\""))
    }

    @Test("reads a ledger whose owner was killed")
    func afterKill() throws {
        let site = try Site()
        _ = try site.refresh()
        let daemon = try Running(["run"], in: site.folder)
        #expect(daemon.waits { daemon.errors.contains("service.ready") })
        daemon.signal(9)
        #expect(try daemon.wait().code == -9)
        let result = try site.runAsOf("status")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("not running"))
    }

    @Test("a cache as an earlier version left it is said, beside all that can be told")
    func olderCache() throws {
        let site = try Site()
        _ = try site.refresh()
        try DatabaseQueue(path: site.folder.path + "/state/cache.sqlite").write { db in
            try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'past states'")
        }
        let status = try site.runAsOf("status")
        #expect(status.code == 0, "\(status.errors)")
        #expect(status.output.contains("KEYS    warning   of an earlier version"), "\(status.output)")
        #expect(status.output.contains("SPOOL   "))
        #expect(try site.runAsOf("status", "--json").output.contains("\"older_cache\":true"))
        let keys = try site.runAsOf("keys", "list")
        #expect(keys.code == 75 && keys.errors.contains("is as an earlier version left it"), "\(keys.errors)")
        #expect(keys.errors.contains("run: counterfoil refresh"))
    }
}
