import Encoding
import Glibc
import Simulator
import Testing

@Suite("clients export")
struct ExportCommandTests {
    private static let export = ["clients", "export", "--out", "export", "--as-of", Site.asOf]

    private static func site(_ count: Int) throws -> Site {
        let site = try Site()
        _ = try site.refresh()
        let campaign = try Campaign(site.forge, count: count)
        try site.folder.write(String(decoding: campaign.bulk, as: UTF8.self), to: "spool/incoming/all.ndjson")
        #expect(try site.runAsOf("process").code == 0)
        return site
    }

    private static func ids(_ site: Site) throws -> [String] {
        try site.folder.names("export").filter { $0.hasSuffix(".ndjson") && !$0.hasPrefix(".") }
            .flatMap { try site.folder.text("export/\($0)").matches(of: /"client_id":"([^"]+)"/).map { String($0.1) } }
    }

    @Test("says what it wrote, and the next one that nothing changed")
    func says() throws {
        let site = try Self.site(6)
        let first = try Program.run(Self.export + ["--format", "rfc7591", "--chunk", "4"], in: site.folder)
        #expect(first.code == 0, "\(first.errors)")
        #expect(first.output.hasPrefix("exported 6 clients as rfc7591, 2 files\n  manifest  export/rfc7591.0-"))
        #expect(first.output.hasSuffix("  the next one goes on from here with --since last\n"))
        let next = try Program.run(Self.export + ["--format", "rfc7591", "--since", "last"], in: site.folder)
        #expect(next.code == 0 && next.output == "no client changed; nothing was exported\n")
        let idle = try Program.run(
            Self.export + ["--format", "rfc7591", "--since", "last", "--fail-if-idle", "--json"],
            in: site.folder
        )
        #expect(idle.code == 5 && idle.output.contains("\"outcome\":\"nothing\""))
        #expect(try Self.ids(site).count == 6)
    }

    @Test("adds software statements from results, where they are asked for and the format has a place for them")
    func statements() throws {
        let site = try Self.site(4)
        let words = Self.export + ["--statements-from", "spool", "--format"]
        let made = try Program.run(words + ["wso2"], in: site.folder)
        #expect(made.code == 0 && made.output.hasPrefix("exported 4 clients as wso2"), "\(made)")
        let name = try #require(site.folder.names("export").first { $0.contains(".statements.") })
        let statements = try site.folder.text("export/\(name)").matches(of: /"software_statement":"(eyJ[^"]+)"/)
        let results = try site.folder.results().map { try site.folder.text($0) }.joined()
        #expect(statements.count == 4)
        for statement in statements { #expect(results.contains("\"software_statement\":\"\(statement.1)\"")) }
        let other = try Program.run(words + ["keycloak"], in: site.folder)
        #expect(other.code == 64 && other.errors.contains("goes with the formats rfc7591 and wso2"), "\(other)")
        for file in site.folder.results() { try site.folder.remove(file) }
        let without = try Program.run(words + ["rfc7591"], in: site.folder)
        #expect(without.code == 2 && without.errors.contains("without the result that holds its software statement"))
    }

    @Test("killed at any moment and run again, it tells each client once")
    func killed() throws {
        let site = try Self.site(40)
        let words = Self.export + ["--format", "rfc7591", "--chunk", "1"]
        // Ever later, until one is through: on any machine some of them are at work then.
        var (kills, delay): (Int, UInt32) = (0, 0)
        while true {
            let run = try Running(words, in: site.folder)
            usleep(delay)
            run.signal(SIGKILL)
            let result = try run.wait()
            if result.code == 0 { break }
            try #require(result.code == -SIGKILL, "\(result.errors)")
            (kills, delay) = (kills + 1, delay * 6 / 5 + 3_000)
        }
        let last = try Program.run(words, in: site.folder)
        #expect(last.code == 0, "\(last.errors)")
        #expect(kills > 0)
        let ids = try Self.ids(site)
        #expect(ids.count == 40 && Set(ids).count == 40)
        #expect(!site.folder.names("export").contains { $0.hasSuffix(".draft") || $0.hasSuffix(".underway.ndjson") })
        #expect(site.folder.names("export").filter { $0.hasSuffix(".manifest.json") }.count == 1)
    }

    @Test(
        "what is wrong with the order is said",
        arguments: [
            (["--format", "oracle"], "'oracle'"), (["--format", "csv", "--chunk", "0"], "--chunk"),
            (["--format", "csv", "--since", "soon"], "'soon'"),
            (["--format", "csv", "--secrets-from", "x", "--skip-secret-clients"], "exclude each other"),
            (["--format", "csv", "--secrets-from", "nowhere"], "nowhere"), ([], "--format"),
        ]
    )
    func refused(_ words: [String], _ part: String) throws {
        let site = try Self.site(1)
        let result = try Program.run(Self.export + words, in: site.folder)
        #expect(result.code == 64)
        #expect(result.errors.contains(part), "\(result.errors)")
    }

    @Test("without a ledger there is nothing to export, and none is made")
    func noLedger() throws {
        let site = try Site()
        let result = try Program.run(Self.export + ["--format", "csv"], in: site.folder)
        #expect(result.code == 10)
        #expect(!site.folder.has("state/ledger.sqlite"))
    }
}
