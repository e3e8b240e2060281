import Foundation
import Glibc
import OpenBanking
import Simulator
import Testing

/// A drop box that is very full, and an archive that is: what a start costs.
@Suite("The spool's bars: backlog", .serialized)
struct SpoolBarBacklogTests {
    @Test("10: first result, memory, and what a start costs with groups in flight, a long backlog, a large archive")
    func backlog() throws {
        let count = BarSite.isFull ? 200_000 : 500
        let site = try BarSite(megabytes: 6144, files: 900_000)
        for number in 0..<count { try site.drop("b\(number).jwt", "backlog \(number)") }
        try site.settle()
        let start = ContinuousClock.now
        let first = try site.start("process")
        let toFirst = site.waitForResults(1, since: start) ?? .infinity
        if BarSite.isFull { usleep(2_000_000) }
        first.signal(SIGSTOP)
        let memory = first.mebibytes("VmHWM")
        first.signal(SIGKILL)
        _ = try first.wait()
        let groups = site.names("active")
        // A few files may all be answered by then, and the last of their group be on its way to the archive.
        let codes: Set<Int32> = site.names("incoming").isEmpty ? [0, 2] : [2]
        let again = ContinuousClock.now
        let second = try site.start("process")
        let recovery = Self.recovery(of: groups, by: second, since: again, at: site)
        let most = max(memory, second.mostMemory())
        let end = try second.waitLong()
        let time = BarSite.seconds(since: again)
        #expect(codes.contains(end.code), "\(end.errors)")
        #expect(site.results.count == count)
        let text =
            "backlog of \(count): first result after \(Bar.number(toFirst)) s (1), \(groups.count) groups in flight "
            + "recovered \(Bar.number(recovery)) ms after the start (500), all answered after \(Bar.number(time)) s, "
            + "memory \(most) MiB (150)"
        let hasGroups = !BarSite.isFull || !groups.isEmpty
        Bar.tell(10, text, holds: toFirst <= 1 && recovery <= 500 && most <= 150 && hasGroups)
        try archive(site, answered: count)
    }

    /// The same with a group of real requests in flight, and all of the backlog in the archive.
    private func archive(_ site: BarSite, answered: Int) throws {
        let items = try Campaign(site.forge, count: BarSite.isFull ? 1024 : 20).items.filter { $0.request != nil }
        for (number, item) in items.enumerated() { try site.drop(item, as: "r\(number)") }
        // Held where it stages the group: everything was taken and judged, nothing committed.
        let first = try site.start("process")
        let isThere = first.waits(every: 500) { !site.names("staging").isEmpty }
        first.signal(SIGKILL)
        _ = try first.wait()
        let groups = site.names("active")
        let left = site.results.count
        let start = ContinuousClock.now
        let second = try site.start("process")
        let recovery = Self.recovery(of: groups, by: second, since: start, at: site)
        #expect(try second.waitLong().code == 0)
        let text =
            "archive of \(answered) files: a group of \(items.count) requests in flight recovered "
            + "\(Bar.number(recovery)) ms after the start (500)"
        Bar.tell(10, text, holds: recovery <= 500 && isThere && groups.count == 1 && left == answered)
        #expect(site.results.count == answered + items.count)
    }

    /// How long it takes from a start until none of these groups is in flight any more, in ms.
    private static func recovery(
        of groups: [String],
        by run: Running,
        since start: ContinuousClock.Instant,
        at site: BarSite
    ) -> Double {
        let isOver = run.waits(every: 1000) { !site.names("active").contains { groups.contains($0) } }
        return isOver ? BarSite.seconds(since: start) * 1000 : .infinity
    }
}
