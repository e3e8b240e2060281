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

    @Test("while it is judged is set aside after the third start alone, and one later in company")
    func whileJudged() throws {
        let (alone, among) = (try Self.endsWhileJudged(others: 0), try Self.endsWhileJudged(others: 5))
        let text =
            "a file that ends the process while it is judged: set aside after \(alone.ends) ends alone (3) and \(among.ends) "
            + "with 5 others (4: one more tells it from them), \(among.answered) of them answered"
        Bar.tell(18, text, holds: alone.ends == 3 && among.ends == 4 && among.answered == 5)
        #expect(alone.ends == 3 && among.ends == 4 && among.answered == 5)
    }

    /// How often a file ends the process before it is set aside, and how many of those beside it are answered.
    private static func endsWhileJudged(others: Int) throws -> (ends: Int, answered: Int) {
        let site = try Site()
        _ = try site.refresh()
        try site.write(try site.make(number: 1), to: "spool/incoming/poison")
        for number in 0..<others { try site.drop(stem: "good-\(number)", number: number + 2) }
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        var ends = 0
        while ends < 20 {
            let isFirst = ends == 0
            var last: ChangingCall?
            let run = try TracedRun(place.command, at: place) { call in
                defer { last = call }
                // The first time nothing is changed between taking and staging; later a strike is synced before it is
                // judged, and renamed behind that.
                if isFirst { return call.isWrite && call.file?.contains("/staging/") == true ? .kills : .happens }
                guard call.name == "renameat2", let last, last.name == "fsync" else { return .happens }
                guard let group = last.file, group.contains("/spool/active/") else { return .happens }
                let names = try FileManager.default.contentsOfDirectory(atPath: group)
                return names.contains("poison.jwt") ? .kills : .happens
            }
            guard run.code == -SIGKILL else {
                #expect(run.code == 2, "\(run.errors)")
                break
            }
            ends += 1
        }
        #expect(site.folder.names("spool/failed/poison").count == 3)
        #expect(site.folder.names("spool/active").isEmpty)
        #expect(try site.runAsOf("process").code == 0)
        return (ends, site.folder.results().count)
    }

    @Test("a line of a batch that ends the process is answered as malformed in the end, each other as it should be")
    func line() throws {
        let site = try Site()
        _ = try site.refresh()
        let lines = try (1...12).map { try site.make(number: $0).line + "\n" }
        try site.folder.write(lines.joined(), to: "spool/incoming/b.ndjson")
        let place = CrashSite(root: site.folder.path, messages: try TemporaryFolder.inMemory())
        var ends = 0
        while ends < 20 {
            let number = ends
            let run = try TracedRun(place.command, at: place) { call in
                // The first time nothing is changed between taking and writing; later a strike is renamed behind judging.
                if number == 0 { return call.isWrite && call.file?.hasSuffix(".part") == true ? .kills : .happens }
                guard call.isMove, call.kind.contains("/.strike") else { return .happens }
                // All lines the second time, then one alone: the fifth is the poison.
                return try number == 1 || Self.written(place) == 4 ? .kills : .happens
            }
            guard run.code == -SIGKILL else {
                #expect(run.code == 2, "\(run.errors)")
                break
            }
            ends += 1
        }
        #expect(ends == 4)
        let results = try #require(site.folder.results().first { $0.hasSuffix(".results.ndjson") })
        let answers = try site.folder.text(results).split(separator: "\n")
        #expect(answers.count == 12)
        for (index, answer) in answers.enumerated() {
            #expect(answer.contains("\"outcome\":\"\(index == 4 ? "malformed" : "accepted")\""), "\(answer)")
        }
        #expect(answers[4].contains("the process ended 2 times while it worked on this line alone"), "\(answers[4])")
        #expect(site.folder.names("spool/active").isEmpty)
        let strays = place.everything("spool/archive").filter { $0.contains("/.") }
        #expect(strays.isEmpty, "\(strays)")
    }

    /// How many lines of a batch are answered so far.
    private static func written(_ place: CrashSite) throws -> Int {
        let part = try #require(place.files("spool/staging").first { $0.hasSuffix(".part") })
        return try TemporaryFolder.text(at: "\(place.root)/spool/staging/\(part)").count { $0 == "\n" }
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
