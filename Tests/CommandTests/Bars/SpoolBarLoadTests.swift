import Dispatch
import Foundation
import GRDB
import Glibc
import OpenBanking
import Simulator
import Testing

/// Large batches and repeats: flat in memory, resumed where they stood, each request registered once.
@Suite("The spool's bars: load", .serialized)
struct SpoolBarLoadTests {
    @Test("7: what the full sync of the ledger costs of a whole run")
    func fullSync() throws {
        guard let strace = Tool.path("strace") else { return }
        let site = try BarSite(megabytes: 1024, files: 100_000)
        let items = try Campaign(site.forge, count: BarSite.isFull ? 4000 : 20).items
        for (number, item) in items.enumerated() where item.request != nil { try site.drop(item, as: "s\(number)") }
        let words = [
            strace, "-f", "--seccomp-bpf", "-y", "-T", "-o", site.root + "/trace", "-e", "trace=fdatasync",
            Program.path, "process", "--config", site.root + "/counterfoil.yaml",
        ]
        let start = ContinuousClock.now
        #expect(try Running(words: words, in: site.disk.folder).waitLong().code == 0)
        let all = BarSite.seconds(since: start)
        // What synchronous=NORMAL would leave out: the syncs of the log at each commit.
        let syncs = try TemporaryFolder.text(at: site.root + "/trace").split(separator: "\n")
            .filter { $0.contains("ledger.sqlite-wal") }
            .compactMap { $0.split(separator: "<").last.flatMap { Double($0.dropLast()) } }
        let share = syncs.reduce(0, +) / all
        let text =
            "\(items.count) requests in \(Bar.number(all)) s: \(syncs.count) syncs of the ledger's log take "
            + "\(Bar.number(share * 100)) % (10)"
        Bar.tell(7, text, holds: share <= 0.1)
    }

    @Test("11: a batch of a gigabyte keeps memory flat, and a stop half way costs no line")
    func largeBatch() throws {
        let site = try BarSite(megabytes: 7168, files: 60_000)
        let lines = BarSite.isFull ? 330_000 : 3000
        let path = site.root + "/large.ndjson"
        try Self.write(lines, of: try Campaign(site.forge, count: 300).items, to: path)
        try Tool.run("cp", path, site.root + "/spool/incoming/whole.ndjson", in: site.disk.folder)
        let start = ContinuousClock.now
        let whole = try site.start("process", "--json")
        let memory = Self.memory(of: whole)
        #expect(try whole.waitLong().code == 2)
        let time = BarSite.seconds(since: start)
        // The same again in another installation, killed half way.
        let other = try BarSite(megabytes: 7168, files: 60_000)
        try Tool.run("cp", path, other.root + "/spool/incoming/whole.ndjson", in: site.disk.folder)
        try Self.kill(other, beyond: Self.size(of: "whole", in: site) / 2)
        let committed = try Self.committedLines(other)
        let beyond = try Self.writtenLines(other) - committed
        let second = try other.start("process", "--json")
        let counts = try Summary(try second.waitLong().output).outcomes.values.reduce(0, +)
        let same = try Self.outcomes(site) == Self.outcomes(other)
        let text =
            "batch of \(Self.size(at: path) >> 20) MiB, \(lines) lines in \(Bar.number(time)) s: memory \(memory.most) MiB "
            + "(150), \(memory.growth) MiB more at its end than before its half (10); killed after \(committed) committed "
            + "lines and \(beyond) written beyond (1024), resumed with \(counts), answers "
            + (same ? "the same" : "not the same")
        let isFlat = memory.most <= 150 && memory.growth <= 10
        Bar.tell(11, text, holds: isFlat && (0...1024).contains(beyond) && committed + counts == lines && same)
        #expect(committed + counts == lines)
        if BarSite.isFull || TracedRun.isPossible { #expect(committed < lines) }
        #expect((0...1024).contains(beyond))
        #expect(same)
    }

    @Test("14: one request ten thousand times in each of three batches, and again after a restart")
    func storm() throws {
        let count = BarSite.isFull ? 10_000 : 50
        let site = try BarSite(megabytes: 1024, files: 20_000)
        let line = try site.forge.item(of: site.forge.directory.software[0], .privateKeyJWT).line + "\n"
        for name in ["one", "two"] { try site.drop("\(name).ndjson", String(repeating: line, count: count)) }
        #expect(try site.run("process").code == 0)
        try site.drop("three.ndjson", String(repeating: line, count: count))
        #expect(try site.run("process").code == 0)
        let queue = try DatabaseQueue(path: site.root + "/state/ledger.sqlite")
        let clients = try queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM client") }
        let outcomes = try Self.outcomes(site)
        let duplicates = outcomes.count { $0 == "duplicate" }
        let text = "\(outcomes.count) times the same request: \(clients ?? 0) registration, \(duplicates) duplicates"
        Bar.tell(14, text, holds: clients == 1 && duplicates == 3 * count - 1)
        #expect(clients == 1)
        #expect(duplicates == 3 * count - 1)
    }

    /// Mostly lines that are no request, as long as real ones; every tenth is good, and often there.
    private static func write(_ lines: Int, of items: [ForgedItem], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw Running.Trouble(what: "\(path) cannot be written (\(errno))") }
        defer { close(file) }
        let filler = String(repeating: "abcdefghij", count: 310)
        var text = ""
        for number in 0..<lines {
            if number % 10 == 7 {
                text += items[number / 10 % items.count].line
            } else {
                text += "{\"ref\":\"\(number)\",\"request\":\"\(filler)\(number)\"}"
            }
            text += "\n"
            guard text.utf8.count > 1 << 20 || number == lines - 1 else { continue }
            let bytes = Array(text.utf8)
            guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
                throw Running.Trouble(what: "\(path) cannot be written (\(errno))")
            }
            text = ""
        }
    }

    /// Waits for the end; the most memory it had, and how much more it had in its last quarter than in its second.
    private static func memory(of run: Running) -> (most: Int, growth: Int) {
        var samples: [Int] = []
        run.followMemory { samples.append($0) }
        let quarter = samples.count / 4
        let second = samples.dropFirst(quarter).prefix(max(1, quarter)).max() ?? 0
        let last = samples.dropLast().suffix(max(1, quarter)).max() ?? 0
        return (samples.max() ?? 0, last - second)
    }

    /// Kills a pass once so many bytes of results are written.
    ///
    /// A batch of a few groups may be over before anybody looks: there the tracer does, before each call.
    private static func kill(_ site: BarSite, beyond bytes: Int64) throws {
        guard !BarSite.isFull, TracedRun.isPossible else {
            let run = try site.start("process")
            _ = run.waits { size(ofPartIn: site) > bytes }
            run.signal(SIGKILL)
            _ = try run.wait()
            return
        }
        let place = CrashSite(root: site.root, messages: site.disk.folder)
        let run = try TracedRun(["process", "--config", "\(site.root)/counterfoil.yaml"], at: place) { _ in
            size(ofPartIn: site) > bytes ? .kills : .happens
        }
        #expect(run.code == -SIGKILL)
    }

    private static func size(at path: String) -> Int64 {
        var status = stat()
        return stat(path, &status) == 0 ? Int64(status.st_size) : 0
    }

    private static func size(of stem: String, in site: BarSite) -> Int64 {
        site.names("results").flatMap { day in site.names("results/\(day)").map { "results/\(day)/\($0)" } }
            .filter { $0.hasSuffix(".results.ndjson") }.map { size(at: "\(site.root)/spool/\($0)") }.max() ?? 0
    }

    private static func size(ofPartIn site: BarSite) -> Int64 {
        site.names("staging").map { size(at: "\(site.root)/spool/staging/\($0)") }.max() ?? 0
    }

    private static func committedLines(_ site: BarSite) throws -> Int {
        let queue = try DatabaseQueue(path: site.root + "/state/ledger.sqlite")
        return try queue.read { db in try Int.fetchOne(db, sql: "SELECT lines FROM batch") } ?? 0
    }

    /// How many lines of results are written that did not appear yet.
    private static func writtenLines(_ site: BarSite) throws -> Int {
        try site.names("staging").reduce(0) { sum, name in
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(site.root)/spool/staging/\(name)"))
            return sum + data.count { $0 == UInt8(ascii: "\n") }
        }
    }

    /// The outcomes of all lines of all batches, in order.
    private static func outcomes(_ site: BarSite) throws -> [Substring] {
        var found: [Substring] = []
        for day in site.names("results") {
            for name in site.names("results/\(day)").sorted() where name.hasSuffix(".results.ndjson") {
                let text = try TemporaryFolder.text(at: "\(site.root)/spool/results/\(day)/\(name)")
                for line in text.utf8.split(separator: UInt8(ascii: "\n")) { found.append(outcome(line)) }
            }
        }
        return found
    }

    /// The outcome in a line of results, which begins with few and short members.
    private static func outcome(_ line: Substring.UTF8View) -> Substring {
        let key = Array("\"outcome\":\"".utf8)
        let head = line.prefix(600)
        var place = head.startIndex
        while place != head.endIndex {
            if head[place...].starts(with: key) {
                let start = head.index(place, offsetBy: key.count)
                return Substring(head[start...].prefix { $0 != UInt8(ascii: "\"") })
            }
            place = head.index(after: place)
        }
        return ""
    }
}
