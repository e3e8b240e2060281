import Crypto
import Foundation
import GRDB
import Glibc
import OpenBanking
import Simulator
import Testing

/// What an operator orders: a pause, a cancellation, an end, a dry run.
@Suite("The spool's bars: orders", .serialized)
struct SpoolBarOrderTests {
    private static let group = BarSite.isFull ? 500 : 20

    @Test("19: a pause, a cancellation and an end take effect at the edge of the group in hand")
    func orders() throws {
        let site = try BarSite(megabytes: 1024, ["process": "{workers: 2, group_requests: \(Self.group)}"])
        let items = try Campaign(site.forge, count: 100).items
        let lines = BarSite.isFull ? 30_000 : 1000
        let batch = (0..<lines).map { items[$0 % items.count].line + "\n" }.joined()
        try site.drop("first.ndjson", batch)
        let daemon = try site.daemon()
        let rounds = BarSite.isFull ? 10 : 2
        var afterPause = 0
        for round in 1...rounds {
            // A small batch may be over before anybody gives an order.
            guard try Self.lines(site, "first") < lines else { break }
            let asked = try Self.order(site, "first", daemon) { try BarSite.write("", to: Self.wish("pause", site)) }
            #expect(daemon.waits { Self.count("spool.paused", in: daemon.errors) == round }, "\(daemon.errors)")
            let stood = try Self.lines(site, "first")
            usleep(200_000)
            #expect(try Self.lines(site, "first") == stood)
            afterPause = max(afterPause, stood - asked)
            unlink(Self.wish("pause", site))
        }
        let cancelled = try Self.order(site, "first", daemon) {
            try BarSite.write("", to: Self.wish("first.cancel", site))
        }
        #expect(daemon.waits { site.results.contains { $0.hasPrefix("first.") && $0.hasSuffix(".summary.json") } })
        let first = try Self.lines(site, "first")
        try site.drop("second.ndjson", batch)
        let ended = try Self.order(site, "second", daemon) { daemon.signal(SIGTERM) }
        #expect(try daemon.wait().code == 143)
        let second = try Self.lines(site, "second")
        if BarSite.isFull { #expect(first < lines && second < lines) }
        let text =
            "lines of a batch committed after the word, groups of \(Self.group): pause \(afterPause) at most in \(rounds) "
            + "times, cancellation \(first - cancelled), end \(second - ended) (\(Self.group))"
        let most = max(afterPause, first - cancelled, second - ended)
        Bar.tell(19, text, holds: most <= Self.group)
        #expect(try site.run("process").code == 0)
        #expect(try Self.lines(site, "second") == lines)
    }

    /// Waits until the batch is worked on, gives an order, and says how many lines were committed just then.
    private static func order(_ site: BarSite, _ stem: String, _ daemon: Running, _ give: () throws -> Void) throws
        -> Int
    {
        let before = try lines(site, stem)
        let isAnswered = { site.results.contains { $0.hasPrefix(stem + ".") && $0.hasSuffix(".summary.json") } }
        #expect(try daemon.waits { try lines(site, stem) > before || isAnswered() })
        try give()
        return try lines(site, stem)
    }

    private static func wish(_ name: String, _ site: BarSite) -> String { "\(site.root)/spool/control/\(name)" }

    private static func lines(_ site: BarSite, _ stem: String) throws -> Int {
        // The daemon may be closing it at this moment.
        var patient = Configuration()
        patient.busyMode = .timeout(60)
        let queue = try DatabaseQueue(path: site.root + "/state/ledger.sqlite", configuration: patient)
        return try queue.read { db in
            try Int.fetchOne(db, sql: "SELECT lines FROM batch WHERE file = ?", arguments: [stem + ".ndjson"]) ?? 0
        }
    }

    private static func count(_ word: String, in text: String) -> Int { text.components(separatedBy: word).count - 1 }

    @Test("19: a dry run changes nothing below the spool, and says of each request what the real run says")
    func dryRun() throws {
        guard FileTrace.isPossible else { return print("bar 19: skipped: strace is not installed") }
        let site = try Site()
        _ = try site.refresh()
        let faults = Campaign.evenly(1).filter { $0.key != .algorithmHS256 }
        for item in try Campaign(site.forge, count: 60, faults: faults).items where item.request != nil {
            try site.write(item, to: "spool/incoming/\(item.name)")
        }
        let words = ["process", "--dry-run", "--config", site.folder.path + "/counterfoil.yaml", "--as-of", Site.asOf]
        let trace = try FileTrace(words, in: try TemporaryFolder())
        #expect(trace.result.code == 2)
        let calls = trace.changes.filter { $0.contains(site.folder.path + "/spool") }
        _ = try site.runAsOf("process", "--dry-run", "--report", "ndjson=dry.ndjson")
        _ = try site.runAsOf("process", "--report", "ndjson=real.ndjson")
        let (dry, real) = (try Self.verdicts(site, "dry.ndjson"), try Self.verdicts(site, "real.ndjson"))
        let same = dry.filter { real[$0.key] == $0.value }.count
        let kinds = Set(real.values.map { $0.split(separator: " ").first ?? "" }).sorted().joined(separator: ", ")
        let text =
            "dry run: \(calls.count) changing calls below the spool (0), \(same) of \(real.count) verdicts with all "
            + "findings those of the real run (\(kinds))"
        Bar.tell(19, text, holds: calls.isEmpty && dry == real)
        let others = real.filter { dry[$0.key] != $0.value }.map {
            "\($0.key): \(dry[$0.key] ?? "none"), not \($0.value)"
        }
        #expect(others.isEmpty && dry.count == real.count && real.count > 40, "\(others)")
        #expect(calls.isEmpty, "\(calls)")
    }

    /// The outcome of each request and the rules of its findings, by its digest: what waits has another file name then.
    private static func verdicts(_ site: Site, _ report: String) throws -> [String: String] {
        struct Line: Decodable {
            struct Finding: Decodable { var rule: String }
            var type: String
            var request_sha256: String?
            var outcome: String?
            var findings: [Finding]?
        }
        let decoder = JSONDecoder()
        var found: [String: String] = [:]
        for text in try site.folder.text(report).split(separator: "\n") {
            let line = try decoder.decode(Line.self, from: Data(text.utf8))
            guard line.type == "result", let request = line.request_sha256 else { continue }
            let rules = (line.findings ?? []).map(\.rule).joined(separator: " ")
            // A report of what was done tells of a request that waits only that it does.
            found[request] = line.outcome == "deferred" ? "deferred" : "\(line.outcome ?? "") \(rules)"
        }
        return found
    }
}
