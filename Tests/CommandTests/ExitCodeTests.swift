import Glibc
import Simulator
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
    /// One row per code: how to come by it, and words of the message that must go with it.
    struct Row: CustomTestStringConvertible, Sendable {
        let code: Int32
        let reason: String
        let message: String
        let make: @Sendable (Site) throws -> Program.Result

        init(
            _ code: Int32,
            _ reason: String,
            _ message: String = "",
            _ make: @escaping @Sendable (Site) throws -> Program.Result
        ) {
            (self.code, self.reason, self.message, self.make) = (code, reason, message, make)
        }

        var testDescription: String { "\(code): \(reason)" }
    }

    static let rows: [Row] = [
        Row(0, "accepted") { site in
            _ = try site.refresh()
            try site.drop()
            return try site.runAsOf("process")
        },
        Row(0, "nothing to do is done") { site in
            _ = try site.refresh()
            return try site.runAsOf("process")
        },
        Row(0, "a rejected request is no failure of the job") { site in
            _ = try site.refresh()
            try site.drop(.foreignRedirect)
            return try site.runAsOf("process")
        },
        Row(2, "a malformed request") { site in
            _ = try site.refresh()
            try site.drop(.truncated)
            return try site.runAsOf("process")
        },
        Row(2, "a deferred request") { site in
            _ = try site.refresh()
            try site.drop(.unpublishedSoftwareKey)
            return try site.runAsOf("process")
        },
        Row(2, "one source of several is missing from the mirror") { site in
            try site.folder.remove("mirror/localhost:1\(KeyStorePath.identity)")
            return try site.refresh()
        },
        Row(3, "every source failed") { site in try site.runAsOf("refresh", "--all", "--mirror", "anchors") },
        Row(3, "the directory's keys are too old", "so every request waits\n  what to do: counterfoil refresh --all") {
            site in
            _ = try site.refresh()
            return try site.run("process", "--as-of", "2026-12-22T00:00:00Z")
        },
        Row(4, "--fail-on rejected") { site in
            _ = try site.refresh()
            try site.drop(.foreignRedirect)
            return try site.runAsOf("process", "--fail-on", "rejected")
        },
        Row(5, "--fail-if-idle with nothing to process") { site in
            _ = try site.refresh()
            return try site.runAsOf("process", "--fail-if-idle")
        },
        Row(5, "--fail-if-idle with nothing to refresh") { site in
            _ = try site.refresh()
            return try site.runAsOf("refresh", "--fail-if-idle", "--mirror", "mirror")
        },
        Row(
            10,
            "process before the first refresh",
            "there is no cache of keys yet\n  what to do: bring the keys in first: counterfoil refresh"
        ) {
            try $0.runAsOf("process")
        },
        Row(10, "status before anything", "not initialised") { try $0.runAsOf("status") },
        Row(10, "no folder to make a spool in", "there is no such folder (spool_missing)") { site in
            _ = try site.refresh()
            try site.configure(["spool": "{path: none/spool}"])
            return try site.runAsOf("process")
        },
        Row(64, "an unknown option", "Unknown option '--bogus'") { try $0.run("process", "--bogus") },
        Row(64, "a time that is none", "as-of") { try $0.run("status", "--as-of", "yesterday") },
        Row(64, "a word that is no command", "Unknown command 'statsu'. Did you mean 'status'?") {
            try $0.run("statsu")
        },
        Row(64, "one below a command", "Unknown command 'lits'. Did you mean 'list'?\nUsage: counterfoil keys hold") {
            try $0.run("keys", "hold", "lits", "--json")
        },
        Row(64, "a word like no command", "Unknown command 'frobnicate'\nUsage: counterfoil <subcommand>") {
            try $0.run("frobnicate")
        },
        Row(64, "a bundle that is not there", "keys.tar: there is no such file (bundle.not_found)\n  what to do: name")
        {
            try $0.run("bundle", "verify", "keys.tar")
        },
        Row(64, "an unknown source", "refresh.unknown_source") {
            _ = try $0.refresh()
            return try $0.run("refresh", "--source", "https://localhost:1/none", "--mirror", "mirror")
        },
        Row(78, "an unknown key", "counterfoil.yaml:1:1: unknown key \"workerz\"") { site in
            try site.folder.write("workerz: 3\n", to: "counterfoil.yaml")
            return try site.run("process")
        },
        Row(78, "a configuration that is not there", "cannot be read: no such file or directory (ENOENT)") {
            try $0.run("process", "--config", "none.yaml")
        },
        Row(78, "no folder of trust anchors", "the folder of trust anchors cannot be read") { site in
            _ = try site.refresh()
            try site.folder.remove("anchors")
            return try site.runAsOf("process")
        },
        Row(78, "no certificate among the trust anchors", "there is no .pem, .crt, .cer or .der file in this folder") {
            site in
            try site.folder.remove("anchors/all.pem")
            return try site.refresh()
        },
        Row(78, "trust anchors of the sandbox in production", "is not an authority of production") { site in
            try site.configure([
                "environment": "production",
                "directory": "{keystore: \"https://localhost:1\", crl_hosts: [\"localhost:1\"]}",
            ])
            return try site.refresh()
        },
        Row(78, "no folder of qualified authorities", "the folder of trust anchors cannot be read") { site in
            try site.configure(["trust": "{anchors: anchors, qualified_anchors: nowhere}"])
            return try site.refresh()
        },
        Row(78, "QWACs allowed without authorities for them", "qwac is allowed, but trust.qualified_anchors names no") {
            site in
            try site.configure(["policy": "{certificate_profiles: {qwac: allow}}"])
            return try site.refresh()
        },
        Row(78, "a trust anchor that is none", "anchors/all.pem: it is not PEM: no CERTIFICATE block") { site in
            try site.folder.write("hello", to: "anchors/all.pem")
            return try site.refresh()
        },
        Row(75, "a disk with too little room", "spool_disk_low") { site in
            _ = try site.refresh()
            try site.configure(["spool": "{path: spool, min_free: 1024GiB}"])
            try site.drop()
            return try site.runAsOf("process", "--json")
        },
        Row(75, "a pause that is asked for", "remove the file to go on") { site in
            _ = try site.refresh()
            try site.folder.write("", to: "spool/control/pause")
            try site.drop()
            return try site.runAsOf("process")
        },
        Row(75, "a ledger that cannot be opened", "cannot be opened") { site in
            _ = try site.refresh()
            try site.folder.write("", to: "state/ledger.sqlite/in-the-way")
            return try site.runAsOf("process")
        },
    ]

    @Test("say how it ended, and the message what to do", arguments: rows)
    func code(_ row: Row) throws {
        let result = try row.make(try Site())
        #expect(result.code == row.code, "\(result.output)\(result.errors)")
        #expect((result.errors + result.output).contains(row.message), "\(result.errors)")
        if row.code > 5, row.code != 64 { #expect(result.errors.contains("what to do: "), "\(result.errors)") }
    }

    @Test("11: a second process on the same spool, which names the first")
    func locked() throws {
        let site = try Site()
        _ = try site.refresh()
        let first = try Running(["run"], in: site.folder)
        #expect(first.waits { first.errors.contains("service.ready") }, "\(first.errors)")
        let second = try site.runAsOf("process")
        #expect(second.code == 11)
        #expect(second.errors.contains("the spool is in use by process \(first.process) (spool_locked)"))
        let status = try site.run("status")
        #expect(status.output.contains("running, pid \(first.process)"))
        first.signal(SIGTERM)
        #expect(try first.wait().code == 143)
    }

    @Test(
        "130 and 143: a signal, after what is in flight was finished",
        arguments: [SIGINT, SIGTERM]
    )
    func signals(_ signal: Int32) throws {
        let site = try Site()
        _ = try site.refresh()
        let daemon = try Running(["run"], in: site.folder)
        #expect(daemon.waits { daemon.errors.contains("service.ready") })
        daemon.signal(signal)
        let result = try daemon.wait()
        #expect(result.code == 128 + signal)
        #expect(result.errors.contains("service.stop"))
    }

    @Test("every code the program has is shown here")
    func complete() {
        let shown = Set(Self.rows.map(\.code)).union([11, 130, 143])
        #expect(shown.isSuperset(of: [0, 2, 3, 4, 5, 10, 11, 64, 75, 78, 130, 143]))
    }
}
