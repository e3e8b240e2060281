import Foundation
import Glibc
import OpenBanking
import Simulator
import Testing

/// What durability costs: in processor time, in calls, in files a second.
@Suite("The spool's bars: cost", .serialized)
struct SpoolBarCostTests {
    private static let count = BarSite.isFull ? 4000 : 20

    @Test("4: groups against a sync and a commit for each file")
    func groups() throws {
        let items = try Self.items()
        let small = ["process": "{workers: 2, group_requests: 1}"]
        let (grouped, single) = (try BarSite(files: 200_000), try BarSite(files: 200_000, small))
        let few = items.prefix(BarSite.isFull ? 800 : 5)
        try Self.drop(items, at: grouped)
        try Self.drop(Array(few), at: single)
        let fast = Double(items.count) / (try Self.time(grouped))
        let slow = Double(few.count) / (try Self.time(single))
        let text =
            "single files: \(Bar.number(fast)) a second in groups of 1,024, \(Bar.number(slow)) with a sync and a "
            + "commit each, ratio \(Bar.number(fast / slow)) (5)"
        Bar.tell(4, text, holds: fast >= 5 * slow)
        #expect(grouped.results.count == items.count && single.results.count == few.count)
    }

    @Test("6: processor time beside the judging, calls and barriers")
    func cost() throws {
        let items = try Self.items()
        // A difference of three times, each of which another program on the machine may lengthen: the median of rounds.
        var (perRecord, perFile): ([Double], [Double]) = ([], [])
        for _ in 0..<Self.rounds {
            let (record, file) = try Self.cost(of: items)
            perRecord.append(record)
            perFile.append(file)
        }
        let (record, file) = (perRecord.sorted()[Self.rounds / 2], perFile.sorted()[Self.rounds / 2])
        Bar.tell(
            6,
            "processor time beside the judging, results' text included: \(Bar.number(record)) us a record of a batch "
                + "(70), \(Bar.number(file)) us a file (150), \(Self.rounds) rounds",
            holds: record <= 70 && file <= 150
        )
    }

    private static let rounds = BarSite.isFull ? 5 : 1

    /// The microseconds a record of a batch takes beside the judging, and a file.
    private static func cost(of items: [ForgedItem]) throws -> (record: Double, file: Double) {
        let (files, bulk) = (try BarSite(files: 200_000), try BarSite())
        let idle = try processor(["process"], at: bulk)
        try drop(items, at: files)
        try bulk.drop("all.ndjson", items.map { $0.line + "\n" }.joined())
        let judged = try processor(["process", "--dry-run"], at: bulk) - idle
        let record = try processor(["process"], at: bulk) - idle - judged
        let file = try processor(["process"], at: files) - idle - judged
        #expect(files.results.count == items.count)
        return (record / Double(items.count) * 1e6, file / Double(items.count) * 1e6)
    }

    @Test("6: calls a file and barriers a group", .enabled(if: FileTrace.isPossible, "skipped: no strace"))
    func calls() throws {
        let site = try BarSite(files: 200_000)
        let items = try Self.items()
        #expect(try site.run("process").code == 0)
        let idle = try Self.calls(at: site)
        for (number, item) in items.enumerated() { try site.drop("c\(number).jwt", item.request ?? "") }
        let all = try Self.calls(at: site)
        let groups = (items.count + 1023) / 1024
        let syncs = ["fsync", "fdatasync", "syncfs"]
        let barriers = syncs.reduce(0) { $0 + all[$1, default: 0] - idle[$1, default: 0] }
        let perFile = Double(all.values.reduce(0, +) - idle.values.reduce(0, +)) / Double(items.count)
        let text =
            "\(items.count) files in \(groups) groups: \(Bar.number(perFile)) calls a file (14), \(barriers) barriers "
            + "(\(2 * groups + 6): two a group, and those of the end and of a checkpoint)"
        Bar.tell(6, text, holds: perFile <= 14 && barriers <= 2 * groups + 6)
    }

    private static func items() throws -> [ForgedItem] {
        try Campaign(BarSite().forge, count: count).items.filter { $0.request != nil }
    }

    private static func drop(_ items: [ForgedItem], at site: BarSite) throws {
        for (number, item) in items.enumerated() { try site.drop(item, as: "s\(number)") }
    }

    private static func time(_ site: BarSite) throws -> Double {
        let start = ContinuousClock.now
        let run = try site.start("process")
        #expect(try run.waitLong().code == 0)
        return BarSite.seconds(since: start)
    }

    private static func processor(_ words: [String], at site: BarSite) throws -> Double {
        let all = [words[0], "--config", "\(site.root)/counterfoil.yaml"] + words.dropFirst()
        let run = try Running(all, in: site.disk.folder)
        _ = try run.waitLong()
        return run.usedSeconds
    }

    /// How often a pass makes each call that reaches a file, by strace's own count.
    private static func calls(at site: BarSite) throws -> [String: Int] {
        let path = site.root + "/counts"
        let names = "%file,%desc,fsync,fdatasync,syncfs"
        let words = [
            Tool.path("strace") ?? "strace", "-f", "-c", "-o", path, "-e", "trace=\(names)", Program.path, "process",
            "--config", "\(site.root)/counterfoil.yaml",
        ]
        #expect(try Running(words: words, in: site.disk.folder).waitLong().code == 0)
        var counts: [String: Int] = [:]
        for line in try TemporaryFolder.text(at: path).split(separator: "\n") {
            let cells = line.split(separator: " ")
            guard cells.count >= 5, let name = cells.last, let count = Int(cells[3]), name != "total" else { continue }
            counts[String(name)] = count
        }
        return counts
    }
}
