import Foundation
import Glibc
import Simulator
import Testing

/// A client's secret is in the result it belongs to and nowhere else: no file, no log, no output, no view of the kernel.
@Suite("Canary")
struct CanaryTests {
    @Test("secrets are in their results and nowhere else, while the daemon runs and after")
    func secrets() throws {
        let site = try Site(of: try Present.directory.get(), ["policy": SecretSite.policy])
        let secret = SecretSite(site)
        #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        let daemon = try Running(["run", "-v"], in: site.folder)
        #expect(daemon.waits { daemon.errors.contains("\"event\":\"service.ready\"") }, "\(daemon.errors)")
        try secret.drop()
        #expect(daemon.waits { site.folder.results().count == 4 }, "\(site.folder.results())\n\(daemon.errors)")
        let lines = try secret.lines()
        let issued = lines.compactMap { SecretSite.secrets(in: $0).first }
        #expect(Set(issued).count == 3)
        let key = try site.folder.bytes("state/secret.key")
        for view in ["cmdline", "environ", "status", "comm"] {
            let data = try #require(FileManager.default.contents(atPath: "/proc/\(daemon.process)/\(view)"))
            for text in issued { #expect(data.range(of: Data(text.utf8)) == nil, "\(view)") }
            #expect(data.range(of: Data(key)) == nil)
        }
        var said = ""
        for words in [
            ["status"], ["status", "--json"], ["clients", "list", "--json"], ["audit", "show"], ["audit", "export"],
            ["audit", "export", "--format", "cef"], ["keys", "list"], ["config", "show"],
            ["explain", try #require(site.folder.results().first { $0.contains("record.") })],
        ] {
            let result = try Program.run(words, in: site.folder)
            #expect(result.code == 0, "\(words): \(result.errors)")
            said += result.output + result.errors
        }
        for text in issued { #expect(!said.contains(text)) }
        daemon.signal(SIGTERM)
        _ = try daemon.wait()
        // Every file of spool, state, outputs and logs, whatever it is.
        let results = Set(site.folder.results())
        for text in issued {
            let holding = try SecretSite.files(below: site.folder.path, holding: [text])
            #expect(holding.count == 1 && results.isSuperset(of: holding), "\(holding)")
            #expect(lines.filter { $0.contains(text) }.count == 1)
        }
        #expect(try SecretSite.files(below: site.folder.path, holding: [Data(key)]) == ["state/secret.key"])
    }

    @Test("the canary is seen where it sings: a secret put into a file is found")
    func sings() throws {
        let folder = try TemporaryFolder()
        try folder.write("a log with s3cr3t-value in it", to: "deep/er/log")
        #expect(try SecretSite.files(below: folder.path, holding: ["s3cr3t-value"]) == ["deep/er/log"])
    }
}
