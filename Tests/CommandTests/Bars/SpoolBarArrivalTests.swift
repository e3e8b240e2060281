import Crypto
import Dispatch
import Foundation
import Glibc
import OpenBanking
import Simulator
import Testing

/// How soon what arrives is answered, however it arrives.
@Suite("The spool's bars: arrivals", .serialized)
struct SpoolBarArrivalTests {
    @Test("8: one dropped file is answered at once, and at the next look where the kernel announces nothing")
    func latency() throws {
        let site = try BarSite()
        let daemon = try site.daemon()
        let times = try latencies(site, count: BarSite.isFull ? 300 : 5)
        let (half, most) = (times[times.count / 2], times[times.count * 99 / 100])
        let text =
            "idle to visible result, \(times.count) files: p50 \(Bar.number(half)) ms, p99 \(Bar.number(most)) ms"
        Bar.tell(8, text + " (15, 100)", holds: half <= 15 && most <= 100)
        try end(daemon)
        try polledLatency()
    }

    /// Each file is dropped as soon as the one before was answered, so that it waits for the next look almost whole.
    private func polledLatency() throws {
        let site = try BarSite()
        guard let daemon = try site.daemonWithoutNotices() else {
            return print("bar 8: skipped without notices: unshare is not to be had")
        }
        let times = try latencies(site, count: BarSite.isFull ? 60 : 2)
        #expect(daemon.errors.contains("spool.rescan"))
        let (half, most) = (times[times.count / 2], times[times.count - 1])
        let text =
            "the same without notices, a look each second, \(times.count) files: p50 \(Bar.number(half)) ms, most "
            + "\(Bar.number(most)) ms (1100)"
        Bar.tell(8, text, holds: most <= 1100)
        try end(daemon)
    }

    /// Drops one file after another, waiting for the result of each; how long each took, in ms, sorted.
    private func latencies(_ site: BarSite, count: Int) throws -> [Double] {
        let items = try Campaign(site.forge, count: count).items.filter { $0.request != nil }
        var times: [Double] = []
        for (number, item) in items.enumerated() {
            let start = ContinuousClock.now
            try site.drop(item, as: "one-\(number)")
            // Looks at one name, so that looking costs nothing.
            let hash = SHA256Digest.of(Array((item.request ?? "").utf8)).hex.prefix(16)
            let name = "one-\(number).\(hash).accepted.json"
            var isThere = false
            while !isThere, BarSite.seconds(since: start) < 300 {
                isThere = site.names("results").contains { day in
                    access("\(site.root)/spool/results/\(day)/\(name)", F_OK) == 0
                }
                if !isThere { usleep(200) }
            }
            #expect(isThere)
            times.append(BarSite.seconds(since: start) * 1000)
        }
        return times.sorted()
    }

    @Test("9: a flood beyond what the kernel announces is answered whole, also where it announces nothing")
    func flood() throws {
        try flood(isPolled: false)
        try flood(isPolled: true)
    }

    /// Drops many files while the daemon stands still; `isPolled` where it gets no notices at all.
    private func flood(isPolled: Bool) throws {
        let count = BarSite.isFull ? 20_000 : 300
        let site = try BarSite(
            megabytes: 2048,
            files: 200_000,
            ["spool": "{path: spool, min_free: 1MiB, scan_every: \(isPolled ? 1 : 30)s}"]
        )
        let daemon = try isPolled ? site.daemonWithoutNotices() : site.daemon()
        guard let daemon else { return print("bar 9: skipped without notices: unshare is not to be had") }
        daemon.signal(SIGSTOP)
        for number in 0..<count { try site.drop("f\(number).jwt", "flood \(number)") }
        daemon.signal(SIGCONT)
        let time = site.waitForResults(count) ?? .infinity
        // It tells of an overflow behind the pass that the first notice began.
        let limit = (try? TemporaryFolder.text(at: "/proc/sys/fs/inotify/max_queued_events")) ?? ""
        let mustOverflow = !isPolled && count > Int(limit.prefix { $0.isNumber }) ?? .max
        let isNoticed = !mustOverflow || daemon.waits { daemon.errors.contains("spool.overflow") }
        let overflow = mustOverflow ? (isNoticed ? "overflow was noticed" : "overflow was not noticed") : "no overflow"
        let notices = isPolled ? "no notices, a look each second" : overflow
        #expect(!isPolled || daemon.errors.contains("spool.rescan"))
        let answered = site.results.count
        let text =
            "\(count) files while the daemon stood still: \(answered) answered (all) after \(Bar.number(time)) s (30), "
            + notices
        Bar.tell(9, text, holds: time <= 30 && answered == count && isNoticed)
        #expect(answered == count)
        try end(daemon)
    }

    @Test("12: files that grow slowly under an unfinished name are never read half")
    func halfWrites() throws {
        let count = BarSite.isFull ? 500 : 20
        let site = try BarSite()
        let items = try Campaign(site.forge, count: count).items.filter { $0.request != nil }
        let daemon = try site.daemon()
        let rounds = Self.writeSlowly(items, below: site.root + "/spool/incoming/")
        _ = site.waitForResults(items.count)
        let accepted = site.results.count { $0.hasSuffix(".accepted.json") }
        let results = site.results.count
        let text =
            "\(items.count) requests with certificates written side by side, 1 KiB each 100 ms, \(rounds) times, then renamed: "
            + "\(accepted) accepted (all), "
            + "\(results - accepted) answered otherwise"
        Bar.tell(12, text, holds: accepted == items.count && results == accepted)
        #expect(accepted == items.count && results == accepted)
        try end(daemon)
    }

    /// Writes all requests and their certificates at once, a piece of each in turn, and renames each when it is whole; how
    /// often a piece was written.
    private static func writeSlowly(_ items: [ForgedItem], below root: String) -> Int {
        var left = items.map { [("pem", Array(($0.certificate ?? "").utf8)), ("jwt", Array(($0.request ?? "").utf8))] }
        var rounds = 0
        while left.contains(where: { !$0.isEmpty }) {
            rounds += 1
            for number in left.indices {
                for place in left[number].indices {
                    let (ending, bytes) = left[number][place]
                    append(Array(bytes.prefix(1024)), to: "\(root)h\(number).\(ending).part")
                    left[number][place].1 = Array(bytes.dropFirst(1024))
                }
                // The certificate is first in its row, and appears first.
                while let (ending, bytes) = left[number].first, bytes.isEmpty {
                    rename("\(root)h\(number).\(ending).part", "\(root)h\(number).\(ending)")
                    left[number].removeFirst()
                }
            }
            usleep(BarSite.isFull ? 100_000 : 1000)
        }
        return rounds
    }

    private static func append(_ bytes: [UInt8], to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o640)
        _ = write(file, bytes, bytes.count)
        close(file)
    }

    private func end(_ daemon: Running) throws {
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }
}
