import Foundation
import Glibc
import Simulator
import Testing

/// A file that ends the process whenever it is worked on: the tracer plays its part, when its result is written.
@Suite("A file that ends the process", .enabled(if: TracedRun.isPossible))
struct PoisonTests {
    @Test("is set aside in the end, and the others of its group are answered", arguments: ["taken", "waiting"])
    func isSetAside(_ origin: String) throws {
        let site = try Site()
        _ = try site.refresh()
        let poison = try site.make(origin == "waiting" ? .unpublishedSoftwareKey : nil, number: 1)
        try site.write(poison, to: "spool/incoming/poison")
        if origin == "waiting" {
            #expect(try site.runAsOf("process").code == 2)
            // Every start tries it again.
            #expect(site.folder.names("spool/deferred").count == 2)
        }
        for number in 2...6 { try site.drop(stem: "good-\(number)", number: number) }
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        var deaths = 0
        while deaths < 20 {
            let run = try TracedRun(place.command, at: place) { call in
                Self.isWorkedOn(origin, call, site) ? .kills : .happens
            }
            guard run.code == -SIGKILL else {
                #expect(run.code == 2, "\(run.errors)")
                break
            }
            deaths += 1
        }
        #expect((12...15).contains(deaths), "it ended \(deaths) times")
        let names = site.folder.names("spool/failed/poison")
        #expect(names.count == 3 && names.contains { $0.hasSuffix(".reason.json") }, "\(names)")
        #expect(site.folder.results().count == 5)
        #expect(site.folder.names("spool/active").isEmpty)
        #expect(site.folder.names("spool/deferred").isEmpty)
        #expect(try site.runAsOf("process").code == 0)
    }

    @Test("that was only in bad company is answered: two ends of the whole group set nothing aside")
    func innocent() throws {
        let site = try Site()
        _ = try site.refresh()
        for number in 1...5 { try site.drop(stem: "good-\(number)", number: number) }
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        for _ in 0..<2 {
            let run = try TracedRun(place.command, at: place) { call in
                call.file?.contains("/staging/") == true ? .kills : .happens
            }
            #expect(run.code == -SIGKILL)
        }
        #expect(try place.run().code == 0)
        #expect(site.folder.results().filter { $0.hasSuffix(".accepted.json") }.count == 5)
        #expect(site.folder.names("spool/failed").isEmpty)
    }

    @Test("a disk that fails again and again sets nothing aside")
    func brokenDisk() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        for _ in 0..<6 {
            let run = try TracedRun(place.command, at: place) { call in
                call.file?.contains("/staging/") == true ? .returns(-Int(ENOSPC)) : .happens
            }
            #expect(run.code == 75, "\(run.errors)")
        }
        #expect(try place.run().code == 0)
        #expect(site.folder.results().filter { $0.hasSuffix(".accepted.json") }.count == 1)
        #expect(site.folder.names("spool/failed").isEmpty)
    }

    /// When its result is written; for one that waits, which has none, before the commit of its group.
    private static func isWorkedOn(_ origin: String, _ call: ChangingCall, _ site: Site) -> Bool {
        if origin == "taken" { return call.isWrite && call.file?.contains("/staging/poison.") == true }
        let groups = site.folder.names("spool/active").filter { $0.hasPrefix("d") }
        return call.name == "syncfs"
            && groups.contains { site.folder.names("spool/active/\($0)").contains { $0.hasPrefix("poison.") } }
    }
}
