import Dispatch
import Foundation
import GRDB
import Glibc
import OpenBanking
import Simulator
import Synchronization
import Testing

/// The daemon at work, killed again and again, with a submitter and a consumer that go on as if nothing were.
///
/// `make soak` kills it hundreds of times; other runs a few.
@Suite("The daemon, killed at random", .serialized)
struct SoakTests {
    private static let wish = ProcessInfo.processInfo.environment["COUNTERFOIL_SOAK"].flatMap { Int($0) }

    @Test("every request is answered once, and no credential is issued twice")
    func soak() throws {
        let start = ContinuousClock.now
        let wanted = Self.wish ?? 5
        let site = try Site(of: try Present.directory.get(), ["process": "{workers: 2, group_requests: 16}"])
        try #require(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        let load = try SoakLoad(site, count: 12 * wanted)
        let consumer = SoakConsumer(site)
        let dropped = Atomic<Int>(0)
        let isOver = Atomic<Bool>(false)
        var kills = 0
        try withBackground(
            {
                // Spread over all kills, so that work is in flight at each of them.
                while let next = load.drops.dropFirst(dropped.load(ordering: .relaxed)).first {
                    try? Self.drop(next, site)
                    dropped.add(1, ordering: .relaxed)
                    usleep(.random(in: 0...(isOver.load(ordering: .relaxed) ? 1 : 30_000)))
                }
            },
            {
                while !isOver.load(ordering: .relaxed) {
                    consumer.look()
                    usleep(20_000)
                }
            },
            during: {
                defer { isOver.store(true, ordering: .relaxed) }
                while kills < wanted {
                    let daemon = try Running(["run"], in: site.folder)
                    usleep(.random(in: 20_000...500_000))
                    daemon.signal(SIGKILL)
                    let end = try daemon.wait()
                    try #require(end.code == -SIGKILL, "it ended by itself: \(end.code) \(end.errors)")
                    kills += 1
                }
            }
        )
        try finish(site)
        consumer.look()
        consumer.compare()
        let faults = try faults(site, load, consumer.report)
        #expect(faults.isEmpty, "\(faults.prefix(20).joined(separator: "\n"))")
        print(
            "soak: \(kills) kills, \(load.drops.count) files with \(load.drops.map(\.requests.count).reduce(0, +)) "
                + "requests, \(load.valid.count) credentials, \(faults.count) bad, "
                + "\(start.duration(to: .now).components.seconds) s"
        )
    }

    /// Lets the daemon finish what is there, undisturbed.
    private func finish(_ site: Site) throws {
        let daemon = try Running(["run"], in: site.folder)
        let isDone = daemon.waits {
            daemon.errors.contains("service.ready")
                && ["incoming", "active", "staging"].allSatisfy {
                    site.folder.names("spool/\($0)").allSatisfy { $0 == ".keep" }
                }
        }
        #expect(isDone, "\(daemon.errors)")
        daemon.signal(SIGTERM)
        #expect(try daemon.wait().code == 143)
    }

    private func faults(_ site: Site, _ load: SoakLoad, _ seen: SoakConsumer.Seen) throws -> [String] {
        var faults = seen.faults
        for drop in load.drops {
            let names = seen.all.keys.filter { $0.hasPrefix(drop.stem + ".") }
            if names.count != (drop.isBatch ? 2 : 1) {
                let places = (FileManager.default.subpaths(atPath: site.folder.path + "/spool") ?? []).filter {
                    $0.contains(drop.stem + ".")
                }
                faults.append("\(drop.stem) is answered by \(names), and lies in \(places)")
            }
            guard drop.isBatch, let results = names.first(where: { $0.hasSuffix(".ndjson") }) else { continue }
            if seen.lines[results] != drop.requests.count {
                faults.append("\(drop.stem) has \(seen.lines[results] ?? 0) lines")
            }
        }
        for (request, clients) in seen.clients where clients.count > 1 {
            faults.append("\(request) was given \(clients.count) clients")
        }
        if Set(seen.clients.keys) != load.valid {
            faults.append("\(seen.clients.count) requests have clients, \(load.valid.count) should")
        }
        let queue = try DatabaseQueue(path: site.folder.path + "/state/ledger.sqlite")
        let issued = try queue.read { db in
            try String.fetchAll(db, sql: "SELECT lower(hex(request_sha256)) FROM client")
        }
        if issued.count != load.valid.count || Set(issued) != load.valid {
            faults.append("the ledger has \(issued.count) clients, \(load.valid.count) should be")
        }
        let lost = try queue.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM outbox WHERE lost = 1") }
        if lost != 0 { faults.append("\(lost ?? 0) results are told as lost") }
        return faults
    }

    /// Writes a drop's files under other names and renames them, in order.
    private static func drop(_ drop: SoakLoad.Drop, _ site: Site) throws {
        for (name, text) in drop.files {
            try site.folder.write(text, to: "spool/incoming/.\(name).tmp")
            let incoming = site.folder.path + "/spool/incoming/"
            rename("\(incoming).\(name).tmp", incoming + name)
        }
    }

    /// Runs `work` while others run in threads of their own, which it ends by itself.
    private func withBackground(_ others: (@Sendable () -> Void)..., during work: () throws -> Void) throws {
        let group = DispatchGroup()
        for other in others { DispatchQueue.global().async(group: group, execute: other) }
        let result = Result { try work() }
        group.wait()
        try result.get()
    }
}
