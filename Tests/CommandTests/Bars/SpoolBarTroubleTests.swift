import Foundation
import Glibc
import OpenBanking
import Simulator
import Testing

/// What goes wrong around the spool: full disks and second owners.
@Suite("The spool's bars: trouble", .serialized)
struct SpoolBarTroubleTests {
    @Test(
        "16: too few bytes or inodes: it waits, says so, costs nothing, and goes on by itself",
        arguments: [
            "bytes", "inodes",
        ]
    )
    func fullDisk(_ kind: String) throws {
        let site = try BarSite(
            megabytes: 96,
            files: 12_000,
            ["spool": "{path: spool, min_free: 16MiB, scan_every: 1s}"]
        )
        guard site.disk.isMounted else { return print("bar 16: skipped: no disk of its own can be mounted") }
        let daemon = try site.daemon()
        let ballast = site.root + "/ballast"
        try FileManager.default.createDirectory(atPath: ballast, withIntermediateDirectories: true)
        if kind == "bytes" {
            try Tool.run(
                "fallocate",
                "-l",
                "\(try Self.freeMegabytes(site) - 8)M",
                ballast + "/file",
                in: site.disk.folder
            )
        } else {
            for number in 0..<1800 { try BarSite.write("", to: "\(ballast)/\(number)") }
        }
        for number in 0..<20 {
            try site.drop(try site.forge.item(of: site.forge.directory.software[0], number: number), as: "d\(number)")
        }
        let start = ContinuousClock.now
        let told = daemon.waits { daemon.errors.contains("spool.disk_low") }
        let toTell = BarSite.seconds(since: start)
        let before = daemon.processorSeconds
        usleep(BarSite.isFull ? 5_000_000 : 500_000)
        let load = (daemon.processorSeconds - before) / (BarSite.isFull ? 5 : 0.5) * 100
        #expect(told && site.results.isEmpty && daemon.isRunning)
        let status = try site.run("status", "--check").output
        let isSaid =
            status.contains("Nothing is taken: only ") && status.contains(kind == "inodes" ? "inodes are" : "MB are")
        try FileManager.default.removeItem(atPath: ballast)
        let freed = ContinuousClock.now
        let time = site.waitForResults(20, since: freed) ?? .infinity
        let text =
            "too few \(kind): told after \(Bar.number(toTell)) s (5), processor \(Bar.number(load)) % (5), status "
            + (isSaid ? "says why" : "does not say why") + ", all answered \(Bar.number(time)) s after room was made"
        Bar.tell(16, text, holds: toTell <= 5 && load <= 5 && time <= 5 && isSaid)
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
        #expect(site.results.count { $0.hasSuffix(".accepted.json") } == 20)
    }

    private static func freeMegabytes(_ site: BarSite) throws -> Int {
        var system = statvfs()
        guard statvfs(site.root, &system) == 0 else { throw Running.Trouble(what: "statvfs \(errno)") }
        return (Int(system.f_bavail) * Int(system.f_frsize)) >> 20
    }

    @Test("16: a disk that fills up on the way ends the run, and the next one answers everything once")
    func fillsUp() throws {
        let site = try BarSite(megabytes: 48, files: 24_000, ["spool": "{path: spool, min_free: 1MiB}"])
        guard site.disk.isMounted else { return print("bar 16: skipped: no disk of its own can be mounted") }
        let count = BarSite.isFull ? 2000 : 300
        let items = try Campaign(site.forge, count: count).items
        for (number, item) in items.enumerated() where item.request != nil { try site.drop(item, as: "e\(number)") }
        let expected = items.count { $0.request != nil }
        let ballast = site.root + "/ballast"
        try Tool.run("fallocate", "-l", "\(try Self.freeMegabytes(site) - 2)M", ballast, in: site.disk.folder)
        let first = try site.run("process")
        unlink(ballast)
        let second = try site.run("process")
        let results = site.results
        let text =
            "full on the way: ended with \(first.code) (75), the next with \(second.code) (0), \(results.count) of "
            + "\(expected) answered, \(Set(results).count) names"
        Bar.tell(16, text, holds: first.code == 75 && second.code == 0 && results.count == expected)
        #expect(second.code == 0, "\(second.errors)")
        #expect(results.count == expected)
    }

    @Test("17: a second owner is sent away at once; after a kill the next needs no help")
    func secondOwner() throws {
        let site = try BarSite()
        let daemon = try site.daemon()
        let start = ContinuousClock.now
        let second = try site.run("process")
        let time = BarSite.seconds(since: start) * 1000
        let names = second.errors.contains("\(daemon.process)")
        daemon.signal(SIGKILL)
        _ = try daemon.wait()
        let third = try site.run("process")
        let text =
            "second owner: ended with \(second.code) (11) after \(Bar.number(time)) ms (200), "
            + (names ? "naming" : "not naming") + " the first; after its kill \(third.code) (0)"
        Bar.tell(17, text, holds: second.code == 11 && names && time <= 200 && third.code == 0)
        #expect(second.code == 11 && names && third.code == 0)
    }
}
