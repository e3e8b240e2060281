import Foundation
import Glibc
import OpenBanking
import Simulator
import Testing

/// Clearing away what is finished, beside the work.
@Suite("The spool's bars: retention", .serialized)
struct SpoolBarRetentionTests {
    @Test("20: an archive too old and too large is cleared away while requests are answered")
    func archive() throws {
        let (groups, perGroup) = BarSite.isFull ? (200, 500) : (3, 20)
        let keep = "{archive: {age: 30d, files: \(groups * perGroup / 4)}}"
        let spool = "{path: spool, min_free: 1MiB, scan_every: 1s, keep: \(keep)}"
        let site = try BarSite(megabytes: 2048, files: 200_000, ["spool": spool])
        let items = try Campaign(site.forge, count: BarSite.isFull ? 800 : 8).items.filter { $0.request != nil }
        // Half of it is older than a month; of the rest half is too much.
        for group in 0..<groups {
            let day = group < groups / 2 ? "2001-01-0\(1 + group % 9)" : Self.day(before: 2 + group % 5)
            let folder = "\(site.root)/spool/archive/\(day)/g\(group)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in 0..<perGroup { try BarSite.write("an input as it was read", to: "\(folder)/f\(file).jwt") }
        }
        let before = Self.entries(site)
        try site.settle()
        let daemon = try site.daemon()
        let most = items.dropLast(items.count / 4)
        let during = try Self.answer(Array(most), at: site) { daemon.errors.contains("spool.swept") }
        #expect(daemon.waits { daemon.errors.contains("spool.swept") })
        let rest = items.dropFirst(during.count).prefix(100)
        let after = try Self.answer(Array(rest), at: site) { false }
        try #require(!during.isEmpty && !after.isEmpty)
        let line = daemon.errors.split(separator: "\n").first { $0.contains("spool.swept") } ?? ""
        let milliseconds = Self.number("ms", in: line) ?? .infinity
        let removed = Self.number("files", in: line) ?? 0
        let left = Self.entries(site)
        let rate = removed / max(0.001, milliseconds / 1000)
        let delay = during[during.count * 99 / 100] - after[after.count / 2]
        let text =
            "\(before) archived files, \(Int(removed)) removed in \(Int(milliseconds)) ms: \(Int(rate)) a second (10000); "
            + "\(during.count) answers until it was over, p50 \(Bar.number(during[during.count / 2])) ms, p99 "
            + "\(Bar.number(delay)) ms later than the median after it (50)"
        Bar.tell(20, text, holds: rate >= 10_000 && delay <= 50)
        #expect(left <= groups * perGroup / 4 + items.count * 2 && removed > 0)
        #expect(left >= groups * perGroup / 4 - perGroup)
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }

    /// Drops one after another, one at least, and waits for each until `isOver`; the times in ms, sorted.
    private static func answer(_ items: [ForgedItem], at site: BarSite, until isOver: () -> Bool) throws -> [Double] {
        var times: [Double] = []
        for item in items where times.isEmpty || !isOver() {
            let start = ContinuousClock.now
            try site.drop(item, as: item.name)
            let days = { site.names("results").map { "\(site.root)/spool/results/\($0)" } }
            while BarSite.seconds(since: start) < 10 {
                if days().contains(where: { Self.has(item.name + ".", in: $0) }) { break }
                usleep(500)
            }
            times.append(BarSite.seconds(since: start) * 1000)
        }
        return times.sorted()
    }

    private static func has(_ prefix: String, in folder: String) -> Bool {
        guard let stream = opendir(folder) else { return false }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let isIt = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { strncmp($0, prefix, prefix.utf8.count) == 0 }
            }
            if isIt { return true }
        }
        return false
    }

    private static func entries(_ site: BarSite) -> Int {
        site.names("archive").reduce(0) { sum, day in
            sum + site.names("archive/\(day)").reduce(0) { $0 + site.names("archive/\(day)/\($1)").count }
        }
    }

    private static func number(_ name: String, in line: Substring) -> Double? {
        for separator in ["\(name)=", "\"\(name)\":"] {
            guard let range = line.range(of: separator) else { continue }
            return Double(line[range.upperBound...].prefix { $0.isNumber })
        }
        return nil
    }

    private static func day(before days: Int) -> String {
        var then = time(nil) - days * 86_400
        var parts = tm()
        gmtime_r(&then, &parts)
        return String(format: "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday)
    }
}
