import Encoding
import Operations
import Testing

@Suite("Status")
struct StatusTests {
    private static let now: UnixTime = 1_795_356_127

    /// An installation that runs well.
    private static var good: StatusFacts {
        var facts = StatusFacts(version: "1.0.0", now: now, environment: "sandbox")
        facts.running = StatusFacts.Running(processID: 4121, since: now - 525_600)
        facts.configuration = "/etc/counterfoil/counterfoil.yaml"
        var keys = KeyFacts(generation: 418, builtAt: now - 1020)
        keys.nextRefresh = now + 43
        keys.sources.fresh = 2109
        keys.keys.usable = 9602
        keys.keys.retired = 261
        keys.keys.revoked = 8
        keys.anchors = 2
        keys.directory = KeyFacts.Directory(
            name: "openbanking.jwks",
            keys: 6,
            fetchedAt: now - 180,
            keyID: "dzquwAfZt6fDNIDo6CMwO5lmUHI"
        )
        keys.authorities = [KeyFacts.Expiry(name: "OpenBanking Issuing CA", notAfter: now + 304 * 86_400)]
        facts.keys = keys
        var spool = SpoolFacts()
        spool.active = 12
        spool.failed = 3
        facts.spool = spool
        var work = WorkFacts(finishedAt: now - 60, milliseconds: 8100)
        work.accepted = 11_626
        work.rejected = 333
        work.deferred = 41
        facts.work = work
        facts.ledger = LedgerFacts(
            clients: 52_310,
            databaseBytes: 118_000_000,
            walBytes: 400_000,
            diskFree: 61_000_000_000
        )
        return facts
    }

    /// The same with sources and requests in trouble.
    private static var troubled: StatusFacts {
        var facts = good
        facts.keys?.sources.stale = 4
        facts.keys?.sources.held = 1
        facts.keys?.oldest = KeyFacts.Source(
            name: "0015800001ZEZ3WAAX",
            lastGood: now - 97_200,
            reason: "timeout",
            failures: 14,
            usableUntil: now + 162_000
        )
        facts.spool?.deferred = 41
        facts.spool?.oldestDeferred = now - 7800
        facts.spool?.nextTry = now + 1073
        facts.overrides = ["R-013"]
        return facts
    }

    @Test("shows one screen")
    func screen() {
        #expect(
            StatusScreen(Self.good).text() == """
                counterfoil 1.0.0   running, pid 4121, up 6 d 2 h   sandbox   config /etc/counterfoil/counterfoil.yaml
                KEYS    fresh     snapshot 418 built 13:45:07Z (17 min ago), next refresh in 43 s
                          sources    2,109   2,109 fresh      0 stale  0 unusable  0 held
                          keys       9,871  9,602 usable  261 retired   8 revoked
                          directory  openbanking.jwks   6 keys   3 min ago   kid dzquwAfZt6fDNIDo6CMwO5lmUHI
                          expiring   OpenBanking Issuing CA   2027-09-22  (304 d)
                SPOOL   ok        incoming 0   active 12   deferred 0   failed 3
                WORK    ok        last pass 14:01:07Z: 12,000 in 8.1 s, 11,626 accepted, 333 rejected, 41 deferred
                LEDGER  ok        52,310 clients   db 118 MB, wal 400 kB   disk free 61 GB

                """
        )
    }

    @Test("ends with what to do")
    func trouble() {
        let lines = StatusScreen(Self.troubled).text().split(separator: "\n").map(String.init)
        #expect(
            lines.contains(
                "          oldest     0015800001ZEZ3WAAX   1 d 3 h ago (timeout x14)  usable for 1 d 21 h more"
            )
        )
        #expect(
            lines.contains(
                "SPOOL   warning   incoming 0   active 12   deferred 41 (oldest 2 h 10 min, next try 14:20:00Z)   failed 3"
            )
        )
        #expect(
            lines.suffix(4) == [
                "1 source is held because of a suspicious change.  counterfoil keys hold list",
                "4 sources are stale; the last good keys are used.  counterfoil refresh",
                "41 requests wait for keys, the oldest for 2 h 10 min.  counterfoil status --missing",
                "The policy overrides R-013.  counterfoil config show",
            ]
        )
    }

    @Test("shows a new installation")
    func new() {
        let facts = StatusFacts(version: "1.0.0", now: Self.now, environment: "sandbox")
        #expect(
            StatusScreen(facts).text() == """
                counterfoil 1.0.0   not running   sandbox   config defaults
                KEYS    none      no cache yet
                SPOOL   critical  not readable
                WORK    ok        no pass yet
                LEDGER  ok        no ledger yet

                There is no cache of keys yet, so every request waits.  counterfoil refresh
                The spool cannot be read.  create the folder spool.path names, or correct the setting

                """
        )
    }

    @Test("says that a ledger of an earlier version waits for the next pass")
    func olderLedger() {
        var facts = Self.good
        (facts.ledger, facts.work, facts.hasOlderLedger) = (nil, nil, true)
        let lines = StatusScreen(facts).text().split(separator: "\n")
        #expect(lines.contains("WORK    ok        not known"))
        #expect(lines.contains("LEDGER  warning   of an earlier version"))
        #expect(lines.last?.hasSuffix("the next pass brings it up to date.  counterfoil process") == true)
        #expect(StatusScreen(facts).health == .warning)
    }

    @Test("says that a cache of an earlier version waits for the next refresh")
    func olderCache() {
        var facts = Self.good
        (facts.keys, facts.hasOlderCache) = (nil, true)
        let text = StatusScreen(facts).text()
        #expect(text.contains("KEYS    warning   of an earlier version"), "\(text)")
        #expect(text.hasSuffix("the next refresh brings it up to date.  counterfoil refresh\n"), "\(text)")
        #expect(StatusScreen(facts).health == .warning)
    }

    @Test("says why nothing is taken, and what to do")
    func shortage() {
        var facts = Self.good
        facts.spool?.shortage = .init(words: "only 3 of 10,240 inodes are free", remedy: "remove files")
        let sentence = "Nothing is taken: only 3 of 10,240 inodes are free on the disk of the spool"
        #expect(StatusScreen(facts).text().contains("\n\(sentence).  remove files\n"))
        #expect(StatusCheck.line(facts).hasPrefix("CRITICAL - \(sentence) | "))
    }

    @Test("paints only where wanted")
    func colour() {
        let text = StatusScreen(Self.troubled).text(terminal: Terminal(isTerminal: true, term: "xterm"))
        #expect(text.contains("\u{1B}[33mwarning\u{1B}[0m"))
        #expect(!StatusScreen(Self.troubled).text().contains("\u{1B}"))
    }

    @Test("shows hostile names safely")
    func hostile() {
        var facts = Self.good
        facts.keys?.directory?.keyID = "x\u{1B}[2J\u{202E}"
        facts.keys?.authorities[0].name = "a\nb"
        let text = StatusScreen(facts).text()
        #expect(text.contains("kid x\\u{1B}[2J\\u{202E}"))
        #expect(text.contains("a\\u{A}b"))
    }

    /// So many passes that ended early, the last a second ago; one went through so many seconds ago.
    private static func passes(failed: Int, good: Int64?) -> PassFacts {
        var facts = PassFacts()
        (facts.goodAt, facts.failedAt, facts.failure) = (good.map { now - $0 }, now - 1, "spool_disk_full")
        facts.inARow = failed
        return facts
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let health: Health
        let change: @Sendable (inout StatusFacts) -> Void

        init(_ name: String, _ health: Health, _ change: @escaping @Sendable (inout StatusFacts) -> Void) {
            testDescription = name
            self.health = health
            self.change = change
        }
    }

    @Test(
        "is judged by its worst part",
        arguments: [
            Row("all well", .ok) { _ in },
            Row("daemon dead is no fault by itself", .ok) { $0.running = nil },
            Row("no cache", .critical) { $0.keys = nil },
            Row("directory never fetched", .critical) { $0.keys?.directory = nil },
            Row("no anchors", .critical) { $0.keys?.anchors = 0 },
            Row("directory an hour old", .warning) { $0.keys?.directory?.fetchedAt = now - 3600 },
            Row("directory just below an hour old", .ok) { $0.keys?.directory?.fetchedAt = now - 3599 },
            Row("directory a day old", .critical) { $0.keys?.directory?.fetchedAt = now - 86_400 },
            Row("one stale", .warning) { $0.keys?.sources.stale = 1 },
            Row("fifty stale", .critical) { $0.keys?.sources.stale = 50 },
            Row("one unusable", .critical) { $0.keys?.sources.unusable = 1 },
            Row("one held", .warning) { $0.keys?.sources.held = 1 },
            Row("anchor expires in 60 days", .warning) { $0.keys?.authorities[0].notAfter = now + 60 * 86_400 },
            Row("anchor expires in 61 days", .ok) { $0.keys?.authorities[0].notAfter = now + 61 * 86_400 },
            Row("anchor expired", .critical) { $0.keys?.authorities[0].notAfter = now - 1 },
            Row("nine deferred", .ok) { $0.spool?.deferred = 9 },
            Row("ten deferred", .warning) { $0.spool?.deferred = 10 },
            Row("thousand deferred", .critical) { $0.spool?.deferred = 1000 },
            Row("one deferred for a day", .critical) {
                $0.spool?.deferred = 1
                $0.spool?.oldestDeferred = now - 86_400
            },
            Row("a file lies in incoming", .warning) {
                $0.spool?.incoming = 1
                $0.spool?.oldestIncoming = now - 600
            },
            Row("no spool", .critical) { $0.spool = nil },
            Row("disk low", .warning) { $0.spool?.diskFree = 1 << 30 },
            Row("disk nearly full", .critical) { $0.ledger?.diskFree = 1 << 20 },
            Row("too few inodes for anything to be taken", .critical) {
                $0.spool?.shortage = .init(words: "only 3 of 10,240 inodes are free", remedy: "remove files")
            },
            Row("a pass ended early, the next went through", .ok) { $0.passes = Self.passes(failed: 0, good: 1) },
            Row("the last pass ended early", .warning) { $0.passes = Self.passes(failed: 1, good: 901) },
            Row("the last two did", .warning) { $0.passes = Self.passes(failed: 2, good: 61) },
            Row("the last three did", .critical) { $0.passes = Self.passes(failed: 3, good: 61) },
            Row("none went through for a quarter of an hour", .critical) {
                $0.passes = Self.passes(failed: 1, good: 902)
            },
            Row("the first one ever did", .warning) { $0.passes = Self.passes(failed: 1, good: nil) },
            Row("a rule is overridden", .warning) { $0.overrides = ["R-003"] },
        ]
    )
    func health(_ row: Row) {
        var facts = Self.good
        row.change(&facts)
        #expect(StatusScreen(facts).health == row.health)
    }

    @Test("fits one line for monitoring")
    func check() {
        #expect(
            StatusCheck.line(Self.troubled)
                == "WARNING - 1 source is held because of a suspicious change, 4 sources are stale; the last good keys are used, "
                + "41 requests wait for keys, the oldest for 2 h 10 min, The policy overrides R-013 | key_age=180s;3600;86400 "
                + "stale_sources=4;1;50 unusable_sources=0;;0 held_sources=1;0; certificate_expiry=26265600s;5184000:;1209600: "
                + "deferred=41;10;1000 oldest_deferred=7800s;3600;86400 oldest_incoming=0s;600;3600 "
                + "disk_free=61000000000B;2147483648:;536870912: requests_per_s=1481"
        )
        #expect(StatusCheck.line(Self.good).hasPrefix("OK - keys fresh, nothing waits | key_age=180s;"))
    }

    @Test("is one JSON object")
    func json() throws {
        let buffer = ByteBuffer()
        StatusJSON.write(Self.troubled, into: buffer)
        let document = JSONDocument(limits: .record)
        try document.parse(buffer.all)
        let root = document.root
        #expect(root["v"]?.integer == 1)
        #expect(root["status"]?.text?.string == "warning")
        #expect(root["running"]?["pid"]?.integer == 4121)
        #expect(root["keys"]?["sources"]?["stale"]?.integer == 4)
        #expect(root["keys"]?["built_at"]?.text?.string == "2026-11-22T13:45:07Z")
        #expect(root["keys"]?["oldest"]?["failures"]?.integer == 14)
        #expect(root["spool"]?["next_try"]?.text?.string == "2026-11-22T14:20:00Z")
        #expect(root["work"]?["accepted"]?.integer == 11_626)
        #expect(root["ledger"]?["clients"]?.integer == 52_310)
        #expect(root["concerns"]?.count == 4)
        #expect(root["overrides"]?.count == 1)
    }

    @Test("is JSON for a new installation too")
    func newJSON() throws {
        let buffer = ByteBuffer()
        StatusJSON.write(StatusFacts(version: "1.0.0", now: Self.now, environment: "sandbox"), into: buffer)
        let document = JSONDocument(limits: .record)
        try document.parse(buffer.all)
        for name in ["running", "keys", "spool", "work", "ledger", "config"] {
            #expect(document.root[name]?.isNull == true)
        }
        #expect(document.root["status"]?.text?.string == "critical")
    }
}
