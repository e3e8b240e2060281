import Foundation
import Simulator
import Testing

@Suite("Offline")
struct OfflineTests {
    private static let strace = "/usr/bin/strace"

    @Test(
        "no command but refresh and run ever opens an internet socket",
        .enabled(if: FileManager.default.isExecutableFile(atPath: strace), "skipped: strace is not installed"),
        arguments: [["process"], ["process", "--dry-run"], ["status"], ["check", "tpp.jwt"], ["explain", "tpp.jwt"]]
    )
    func opensNoSocket(_ arguments: [String]) throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop()
        try site.write(try site.make(number: 1), to: "tpp")
        let words = [Self.strace, "-f", "-qq", "-o", "trace", "-e", "trace=socket,connect", Program.path]
        let result = try Running(words: words + arguments + ["--as-of", Site.asOf], in: site.folder).wait()
        #expect(result.code == 0, "\(result.errors)")
        let calls = try site.folder.text("trace").split(separator: "\n").filter { $0.contains("AF_INET") }
        #expect(calls.isEmpty, "\(calls)")
    }

    @Test(
        "refresh from a mirror opens none either",
        .enabled(if: FileManager.default.isExecutableFile(atPath: strace), "skipped: strace is not installed")
    )
    func mirrorOpensNoSocket() throws {
        let site = try Site()
        let words = [Self.strace, "-f", "-qq", "-o", "trace", "-e", "trace=socket,connect", Program.path]
        let refresh = ["refresh", "--all", "--mirror", "mirror", "--as-of", Site.asOf]
        #expect(try Running(words: words + refresh, in: site.folder).wait().code == 0)
        #expect(try !site.folder.text("trace").contains("AF_INET"))
    }

    /// A site that is offline, its cache filled from a mirror folder.
    private func offline() throws -> Site {
        let site = try Site(of: try Present.directory.get(), ["refresh": Present.offline])
        #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        return site
    }

    @Test(
        "the daemon of an offline site opens no internet socket and answers all the same, also what must wait",
        .enabled(if: FileManager.default.isExecutableFile(atPath: strace), "skipped: strace is not installed")
    )
    func daemonOpensNoSocket() throws {
        let site = try offline()
        let words = [Self.strace, "-f", "-qq", "-o", "trace", "-e", "trace=socket,connect,sendto", Program.path, "run"]
        let daemon = try Running(words: words, in: site.folder)
        #expect(daemon.waits { daemon.errors.contains("\"event\":\"service.ready\"") }, "\(daemon.errors)")
        try site.drop(.unpublishedSoftwareKey, stem: "waits", number: 2)
        try site.drop(stem: "good")
        #expect(daemon.waits { site.folder.results().contains { $0.hasSuffix(".accepted.json") } }, "\(daemon.errors)")
        #expect(daemon.waits { !site.folder.names("spool/deferred").isEmpty })
        let pid = try #require(daemon.errors.firstMatch(of: /"pid":(\d+)/).flatMap { Int32($0.1) })
        kill(pid, SIGTERM)
        _ = try daemon.wait()
        let calls = try site.folder.text("trace").split(separator: "\n").filter { $0.contains("AF_INET") }
        #expect(calls.isEmpty, "\(calls)")
    }

    @Test("an offline site fetches nothing when told to refresh, says why, and reads mirrors")
    func refusesToFetch() throws {
        let site = try offline()
        for words in [["refresh"], ["refresh", "--all"], ["refresh", "--source", "https://localhost:1/x"]] {
            let result = try Program.run(words, in: site.folder)
            #expect(result.code == 64)
            #expect(result.errors.contains("refresh.mode: is offline") && result.errors.contains("--mirror DIR"))
        }
        #expect(try site.run("refresh", "--mirror", "mirror").code == 0)
    }

    @Test("an offline site is told to bring a bundle where another is told to fetch")
    func advice() throws {
        let bare = try Site(of: try Present.directory.get(), ["refresh": Present.offline])
        for command in ["process", "status", "check"] {
            try bare.drop(stem: "tpp")
            let words = command == "check" ? [command, "spool/incoming/tpp.jwt"] : [command]
            let result = try Program.run(words, in: bare.folder)
            let said = result.output + result.errors
            #expect(said.contains("counterfoil bundle import FILE"), "\(command): \(said)")
            #expect(!said.contains("counterfoil refresh"), "\(command): \(said)")
        }
        let site = try offline()
        try site.drop(.unpublishedSoftwareKey, stem: "waits", number: 2)
        let pass = try site.run("process").output
        #expect(pass.contains("after the next bundle.") && !pass.contains("limit"), "\(pass)")
        let status = try site.run("status").output
        #expect(status.contains("snapshot ") && !status.contains("next refresh"), "\(status)")
        try site.write(try site.make(.unpublishedSoftwareKey, number: 3), to: "later")
        let explained = try site.run("explain", "later.jwt")
        #expect(explained.output.contains("run: counterfoil bundle import FILE"), "\(explained)")
    }

    private static let hasNamespaces =
        getuid() == 0
        && (try? Running(words: ["/usr/bin/unshare", "-n", "true"], in: TemporaryFolder()).wait().code) == 0

    @Test(
        "a machine without any interface is enough for everything but fetching",
        .enabled(if: hasNamespaces, "skipped: network namespaces need root")
    )
    func withoutInterfaces() throws {
        let site = try Site(of: try Present.directory.get(), ["refresh": Present.offline])
        func run(_ words: String...) throws -> Program.Result {
            try Running(words: ["/usr/bin/unshare", "-n", Program.path] + words, in: site.folder).wait()
        }
        #expect(try run("refresh", "--all", "--mirror", "mirror").code == 0)
        try site.drop(stem: "good")
        try site.drop(.unpublishedSoftwareKey, stem: "waits", number: 2)
        try site.write(try site.make(number: 1), to: "later")
        #expect(try run("check", "later.jwt").code == 0)
        #expect(try run("submit", "later.jwt").code == 0)
        let pass = try run("process")
        #expect(pass.code == 2 && pass.output.contains("accepted 2 "), "\(pass)")
        #expect(try run("status", "--missing", "--export", "wanted.json").code == 0)
        #expect(try site.folder.text("wanted.json").contains("\"kid\":\""))
        #expect(try run("audit", "verify").code == 0)
        #expect(try run("run", "--once-ready").code == 0)
    }

    @Test("what a site without a network waits for is taken in where there is one, and fetched from then on")
    func wanted() throws {
        let high = try offline()
        try high.drop(.unpublishedSoftwareKey, stem: "waits", number: 2)
        #expect(try high.run("process").code == 2)
        #expect(try high.run("status", "--missing", "--export", "wanted.json").code == 0)
        let list = try high.folder.text("wanted.json")
        let url = String(try #require(list.firstMatch(of: /"url":"([^"]+)"/)?.1))
        let low = try Site(of: try Present.directory.get())
        try low.folder.write("", to: "sources.yaml")
        try low.folder.write(list, to: "wanted.json")
        let before = try low.run("refresh", "--mirror", "mirror")
        #expect(before.code == 0, "\(before)")
        #expect(try !low.run("status", "--sources", "--json").output.contains(url))
        let after = try low.run("refresh", "--mirror", "mirror", "--wanted", "wanted.json")
        #expect(after.code == 0, "\(after)")
        #expect(try low.run("status", "--sources", "--json").output.contains(url))
        try low.folder.write(list.replacingOccurrences(of: "sandbox", with: "production"), to: "other.json")
        let other = try low.run("refresh", "--mirror", "mirror", "--wanted", "other.json")
        #expect(other.code == 64 && other.errors.contains("is no list of wanted keys: it is of the environment"))
        try low.folder.write(list.replacingOccurrences(of: "localhost", with: "stranger.test"), to: "strange.json")
        let strange = try low.run("refresh", "--mirror", "mirror", "--wanted", "strange.json")
        #expect(strange.code == 0 && strange.errors.contains("is not fetched: no address of the directory"))
    }
}
