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
    @Test("8: one dropped file is answered at once")
    func latency() throws {
        let site = try BarSite()
        let items = try Campaign(site.forge, count: BarSite.isFull ? 300 : 5).items.filter { $0.request != nil }
        let daemon = try site.daemon()
        var times: [Double] = []
        for (number, item) in items.enumerated() {
            let start = ContinuousClock.now
            try site.drop(item, as: "one-\(number)")
            // Looks at one name, so that looking costs nothing.
            let hash = SHA256Digest.of(Array((item.request ?? "").utf8)).hex.prefix(16)
            let name = "one-\(number).\(hash).accepted.json"
            var isThere = false
            while !isThere, BarSite.seconds(since: start) < 10 {
                isThere = site.names("results").contains { day in
                    access("\(site.root)/spool/results/\(day)/\(name)", F_OK) == 0
                }
                if !isThere { usleep(200) }
            }
            #expect(isThere)
            times.append(BarSite.seconds(since: start) * 1000)
        }
        times.sort()
        let (half, most) = (times[times.count / 2], times[times.count * 99 / 100])
        let text =
            "idle to visible result, \(times.count) files: p50 \(Bar.number(half)) ms, p99 \(Bar.number(most)) ms"
        Bar.tell(8, text + " (15, 100)", holds: half <= 15 && most <= 100)
        try end(daemon)
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
        let overflow = daemon.errors.contains("spool.overflow") ? "overflow was noticed" : "no overflow"
        let notices = isPolled ? "no notices, a look each second" : overflow
        #expect(!isPolled || daemon.errors.contains("spool.rescan"))
        let text = "\(count) files while the daemon stood still: all answered after \(Bar.number(time)) s, \(notices)"
        Bar.tell(9, text + " (30)", holds: time <= 30)
        try end(daemon)
    }

    @Test("10: a long backlog: first result, memory, and what a start costs with a group in flight")
    func backlog() throws {
        let count = BarSite.isFull ? 200_000 : 500
        let site = try BarSite(megabytes: 6144, files: 900_000)
        for number in 0..<count { try site.drop("b\(number).jwt", "backlog \(number)") }
        var start = ContinuousClock.now
        let first = try site.start("process")
        let toFirst = site.waitForResults(1, since: start) ?? .infinity
        usleep(BarSite.isFull ? 2_000_000 : 1000)
        let memory = first.mebibytes("VmHWM")
        first.signal(SIGKILL)
        _ = try first.wait()
        let before = Set(site.names("active"))
        start = .now
        let second = try site.start("process")
        _ = second.waits { site.names("active").allSatisfy { !before.contains($0) } }
        let recovery = BarSite.seconds(since: start) * 1000
        let end = try second.waitLong()
        let time = BarSite.seconds(since: start)
        #expect(end.code == 2, "\(end.errors)")
        #expect(site.results.count == count)
        let text =
            "backlog of \(count): first result after \(Bar.number(toFirst)) s (1), \(before.count) group in flight "
            + "recovered after \(Bar.number(recovery)) ms (500), all answered after \(Bar.number(time)) s, "
            + "memory \(memory) MiB (150)"
        Bar.tell(10, text, holds: toFirst <= 1 && recovery <= 500 && memory <= 150)
    }

    @Test("12: files that grow slowly under an unfinished name are never read half")
    func halfWrites() throws {
        let count = BarSite.isFull ? 500 : 20
        let site = try BarSite()
        let items = try Campaign(site.forge, count: count).items.filter { $0.request != nil }
        let daemon = try site.daemon()
        let root = site.root + "/spool/incoming/"
        let work = items.enumerated().map { ($0.offset, $0.element.request ?? "", $0.element.certificate ?? "") }
        DispatchQueue.concurrentPerform(iterations: 20) { writer in
            for (number, request, certificate) in work where number % 20 == writer {
                for (name, text) in [("h\(number).pem", certificate), ("h\(number).jwt", request)] {
                    Self.writeSlowly(Array(text.utf8), to: "\(root)\(name).part")
                    rename("\(root)\(name).part", root + name)
                }
            }
        }
        _ = site.waitForResults(items.count)
        let accepted = site.results.count { $0.hasSuffix(".accepted.json") }
        let text = "\(items.count) files written by 20 slow writers, then renamed: \(accepted) whole"
        Bar.tell(12, text + " (all)", holds: accepted == items.count)
        try end(daemon)
    }

    private static func writeSlowly(_ bytes: [UInt8], to path: String) {
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o640)
        for start in stride(from: 0, to: bytes.count, by: 1024) {
            let part = Array(bytes[start..<min(bytes.count, start + 1024)])
            _ = write(file, part, part.count)
            usleep(BarSite.isFull ? 20_000 : 1000)
        }
        close(file)
    }

    private func end(_ daemon: Running) throws {
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }
}
