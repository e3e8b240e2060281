import Encoding
import Foundation
import Simulator
import Testing

/// The daemon of a site with its log, event by event.
private final class Watched {
    let site: Site
    let daemon: Running

    /// Starts the daemon of a site; its log tells everything.
    init(_ site: Site) throws {
        self.site = site
        daemon = try Running(["run"], in: site.folder)
    }

    /// Waits for events, in whatever order they come; those that do not come are told.
    func expect(_ events: String..., while doing: () throws -> Void = {}) throws {
        try doing()
        for event in events {
            let isThere = daemon.waits(every: 1000) { daemon.errors.contains("\"event\":\"\(event)\"") }
            let last = daemon.errors.split(separator: "\n").filter { !$0.contains("source.state") }.suffix(12)
            try #require(isThere, "\(event): \(last.joined(separator: "\n"))")
        }
    }

    /// The lines of an event.
    func lines(_ event: String) -> [Substring] {
        daemon.errors.split(separator: "\n").filter { $0.contains("\"event\":\"\(event)\"") }
    }

    /// Ends the daemon.
    func end() throws {
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }
}

@Suite("The events of the daemon")
struct EventLogTests {
    /// What each test of this suite waits for.
    private static let shown: Set<String> = [
        "service.start", "service.ready", "service.draining", "service.stop", "policy.override_active",
        "request.outcome", "request.deferred", "request.expired", "request.more", "batch.start", "batch.progress",
        "batch.done", "spool.malformed", "spool.paused", "spool.result_lost",
        "refresh.start", "refresh.done", "refresh.failed", "source.state", "snapshot.published", "key.added",
        "key.retired", "key.revoked", "key.quarantined", "key.held", "key.hold_accepted", "key.hold_rejected",
        "key.more", "host.trouble", "certificate.expiring", "hook.done", "hook.failed", "bundle.imported",
        "bundle.rejected", "bundle.waiting",
    ]

    /// Where the others are waited for, or why they cannot be here.
    private static let elsewhere: [String: String] = [
        "service.reload": "DaemonTests", "service.reload_failed": "DaemonTests", "service.status": "DaemonTests",
        "metrics.unavailable": "MetricsSocketTests", "spool.swept": "Bars/SpoolBarRetentionTests",
        "spool.overflow": "Bars/SpoolBarArrivalTests", "spool.rescan": "Bars/SpoolBarArrivalTests",
        "spool.disk_low": "Bars/SpoolBarTroubleTests",
        "clock.set_back": "no test may set the clock of its machine; ClockWatch has tests of its own",
        "spool.sweep_failed": "root removes everything; what fails then is a broken disk",
    ]

    @Test("each event of the closed list is waited for in a test, here or there")
    func complete() throws {
        let rows = try ConsoleDocument.text("docs/EVENTS.md").matches(
            of: #/(?m)^\| `([a-z_.]+)` \| [a-z]+ \| [^`|]+\|$/#
        )
        let all = Set(rows.map { String($0.1) })
        #expect(all.count > 40)
        #expect(all == Self.shown.union(Self.elsewhere.keys))
        #expect(Self.shown.isDisjoint(with: Self.elsewhere.keys))
        let text = try ConsoleDocument.text("Tests/CommandTests/EventLogTests.swift")
        for event in Self.shown { #expect(text.ranges(of: "\"\(event)\"").count > 1, "\(event)") }
        for (event, place) in Self.elsewhere where place.hasSuffix("Tests") {
            #expect(try ConsoleDocument.text("Tests/CommandTests/\(place).swift").contains(event), "\(event)")
        }
    }

    @Test("requests, batches and files: each that waits, what was decided, and what was set aside")
    func requests() throws {
        let site = try Site(
            of: try Present.directory.get(),
            [
                "log": "{level: debug}", "spool": "{path: spool, min_free: 1MiB, scan_every: 1s, retry_for: 4m}",
                // So that the long batch is not over before anybody looks: each of its lines is committed by itself.
                "process": "{workers: 1, group_requests: 1}",
                "policy": "{clock_skew: 5m, certificate_profiles: {legacy: allow}, overrides: {R-107: warning}}",
            ]
        )
        // Long before the requests: a set that was confirmed behind them would say that there is no such key.
        let before = Timestamp.rfc3339(Int64(time(nil)) - 600)
        #expect(try site.run("refresh", "--all", "--mirror", "mirror", "--as-of", before).code == 0)
        for number in 0..<22 { try site.drop(.unpublishedSoftwareKey, stem: "early\(number)", number: number) }
        try site.folder.write("hello", to: "spool/incoming/what is this")
        let watched = try Watched(site)
        try watched.expect(
            "service.start",
            "policy.override_active",
            "service.ready",
            "request.deferred",
            "request.more"
        )
        #expect(watched.lines("request.deferred").count == 20)
        let waiting = try #require(watched.lines("request.deferred").first)
        for field in ["request", "path", "source", "kid", "deadline"] { #expect(waiting.contains("\"\(field)\":\"")) }
        try watched.expect("spool.malformed")
        try watched.expect("request.outcome", "batch.done") { try site.drop(stem: "good", number: 30) }
        // As if it had come four minutes earlier: beyond spool.retry_for, and within the skew of its own time.
        try sql(
            "UPDATE deferred SET first_deferred_at = first_deferred_at - 240",
            "\(site.folder.path)/state/ledger.sqlite"
        )
        try watched.expect("request.expired") {
            // On a machine that took minutes so far none waits any more: all have expired by themselves.
            guard let late = site.folder.names("spool/deferred").first(where: { $0.hasSuffix(".jwt") }) else { return }
            try GapSites.expect(site.run("spool", "retry", late), 0)
        }
        let line = try site.make(number: 31).line
        try watched.expect("batch.start") {
            try site.folder.write(String(repeating: line + "\n", count: 6000), to: "spool/incoming/.long")
            try FileManager.default.moveItem(
                atPath: "\(site.folder.path)/spool/incoming/.long",
                toPath: "\(site.folder.path)/spool/incoming/long.ndjson"
            )
        }
        // A pass is long after ten seconds, whatever it did in them.
        watched.daemon.signal(SIGSTOP)
        Thread.sleep(forTimeInterval: 10.5)
        watched.daemon.signal(SIGCONT)
        try watched.expect("batch.progress")
        try watched.expect("spool.paused") { try site.folder.write("", to: "spool/control/pause") }
        try watched.end()
        try watched.expect("service.draining", "service.stop")
        for secret in ["eyJ", "client_secret\":\"", "BEGIN"] { #expect(!watched.daemon.errors.contains(secret)) }
    }

    @Test("a result that is nowhere, and a cache that cannot be read any more")
    func lost() throws {
        // One pass at the start and no other: a pass that cannot read the cache ends the daemon.
        let spool = "{path: spool, min_free: 1MiB, scan_every: 1h}"
        let site = try Site(of: try Present.directory.get(), ["spool": spool])
        #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        try site.drop(stem: "good")
        #expect(try site.run("process").code == 0)
        try site.folder.remove(try #require(site.folder.results().first))
        try sql(
            "UPDATE meta SET value = '0' WHERE name = 'published_through'",
            site.folder.path + "/state/ledger.sqlite"
        )
        let watched = try Watched(site)
        try watched.expect("spool.result_lost")
        try watched.expect("refresh.failed") {
            try sql("ALTER TABLE source RENAME TO gone", site.folder.path + "/state/cache.sqlite")
        }
        let reason = try #require(watched.lines("refresh.failed").first)
        #expect(reason.contains("no such table: source (cache.sql); what to do: ") && !reason.contains("u{A}"))
        try watched.end()
    }

    @Test("keys and sources: what a directory changes, what operators decide, and the hook that hears of it")
    func keys() throws {
        let server = try SimulatedServer()
        var plan = DirectoryPlan(now: Int64(time(nil)), baseURL: server.baseURL)
        plan.keyPool = 12
        let directory = try server.start(plan)
        let host = server.baseURL.dropFirst("https://".count)
        let changes = [
            "log": "{level: debug}",
            "directory": "{keystore: \"\(server.baseURL)\", crl_hosts: [\"\(host)\"], ca_file: tls.pem}",
            "alerts": "{certificate_expiry: [3650d, 1d]}", "hooks": "{after_change: hook.sh}",
            "refresh": "{cache: state/cache.sqlite, sources: sources.yaml, rate: 1000}",
        ]
        let site = try Site(of: directory, changes)
        try site.folder.write(directory.authority.tls.authorityPEM, to: "tls.pem")
        try site.folder.write("#!/bin/sh\nexit $(cat code)\n", to: "hook.sh")
        try site.folder.write("1\n", to: "code")
        #expect(chmod("\(site.folder.path)/hook.sh", 0o700) == 0)
        let watched = try Watched(site)
        try watched.expect(
            "refresh.done",
            "snapshot.published",
            "key.added",
            "key.more",
            "certificate.expiring",
            "service.ready"
        )
        // A request with a key that is not published yet makes the daemon ask for it, and the directory has it by then.
        let software = directory.software[3]
        try directory.rotateSoftwareKey(software.id, keepOld: false)
        try watched.expect("refresh.start", "key.retired", "hook.failed") {
            let item = try site.forge.item(of: directory.software[3], .privateKeyJWT, number: 3)
            try site.write(item, to: "spool/incoming/early")
        }
        try site.folder.write("0\n", to: "code")
        try directory.rotateSoftwareKey(directory.software[4].id)
        try watched.expect("hook.done") {
            let item = try site.forge.item(of: directory.software[4], .privateKeyJWT, number: 4)
            try site.write(item, to: "spool/incoming/early4")
        }
        let kid = directory.software[5].signing.key.kid
        try watched.expect("key.revoked") {
            let words = ["--reason", "key_compromise", "--by", "jo", "--why", "test", "--yes"]
            try GapSites.expect(Program.run(["keys", "revoke"] + words + ["--", kid], in: site.folder), 0)
        }
        let paths = directory.paths.filter { $0.hasSuffix(".jwks") && !$0.contains("openbanking") }
        let bodies = paths.map { directory.body($0) }
        func refresh() throws { _ = try site.run("refresh", "--all") }
        try watched.expect("key.quarantined") {
            let text = String(decoding: try #require(bodies[0]), as: UTF8.self)
            directory.setBody(
                Array(text.replacing("\"kty\":", with: "\"d\":\"AAAA\",\"kty\":", maxReplacements: 1).utf8),
                of: paths[0]
            )
            try refresh()
        }
        for (number, (word, event)) in [("accept", "key.hold_accepted"), ("reject", "key.hold_rejected")].enumerated() {
            directory.setBody(Array("{\"keys\":[]}".utf8), of: paths[1 + number])
            try watched.expect("key.held") { try refresh() }
            let url = server.baseURL + paths[1 + number]
            try watched.expect(event) {
                try GapSites.expect(site.run("keys", "hold", word, url, "--by", "jo", "--why", "test"), 0)
            }
        }
        try watched.expect("host.trouble") {
            for path in paths { directory.setBody(Array("{\"keys\":[]}".utf8), of: path) }
            try refresh()
        }
        server.stop()
        try watched.expect("source.state") {
            // Unknown again, so that its source is asked again.
            let stranger = try site.forge.item(.unpublishedSoftwareKey, number: 6)
            try site.write(stranger, to: "spool/incoming/stranger")
        }
        try watched.end()
    }

    @Test("bundles in the spool: one that nobody vouches for yet, the same once somebody does, and one that is none")
    func bundles() throws {
        let asOf = Timestamp.rfc3339(Int64(time(nil)))
        let changes = ["refresh": Present.offline]
        let gap = try GapSites(of: try Present.directory.get(), asOf: asOf, changes)
        _ = try gap.carry("a.tar", asOf: asOf, to: "spool/bundles/a.tar")
        try gap.high.folder.write(String(repeating: "\0", count: 10_240), to: "spool/bundles/b.tar")
        let watched = try Watched(gap.high)
        try watched.expect("bundle.waiting", "bundle.rejected")
        try watched.expect("bundle.imported", "service.ready") {
            try GapSites.expect(gap.high.run("bundle", "trust", "pin", gap.pin), 0)
        }
        try watched.end()
    }

    /// Changes a database from outside.
    private func sql(_ text: String, _ path: String) throws {
        let place = try TemporaryFolder()
        let result = try Running(words: ["sqlite3", "-cmd", ".timeout 60000", path, text], in: place).wait()
        #expect(result.code == 0, "\(result.errors)")
    }
}
