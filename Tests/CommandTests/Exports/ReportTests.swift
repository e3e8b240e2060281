import Encoding
import Foundation
import OpenBanking
import Simulator
import Testing

@Suite("report")
struct ReportCommandTests {
    /// A site that answered a whole campaign as a batch, with what came of it.
    private static func site() throws -> (Site, Summary) {
        let site = try Site()
        let campaign = try Campaign(site.forge, count: 60, faults: Campaign.evenly(1))
        try site.folder.write(String(decoding: campaign.bulk, as: UTF8.self), to: "spool/incoming/campaign.ndjson")
        _ = try site.refresh()
        return (site, try Summary(try site.runAsOf("process", "--json").output))
    }

    @Test("tells of a batch by its name, its stem and the path of its results, each count as it was")
    func batch() throws {
        let (site, summary) = try Self.site()
        let results = try #require(site.folder.results().first { $0.hasSuffix(".results.ndjson") })
        for name in ["campaign.ndjson", "campaign", results] {
            let run = try site.runAsOf(
                "report",
                name,
                "--html",
                "r.html",
                "--csv",
                "r.csv",
                "--ndjson",
                "r.ndjson",
                "--json"
            )
            #expect(run.code == 0, "\(run.errors)")
        }
        let lines = try site.folder.text("r.ndjson").split(separator: "\n")
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(String(try #require(lines.last))))
        for outcome in Outcome.allCases {
            #expect(document.root["outcomes"]?[outcome.rawValue]?.integer == Int64(summary.outcomes[outcome] ?? 0))
        }
        #expect(lines.count == summary.outcomes.values.reduce(0, +) + 1)
        #expect(try site.folder.text("r.csv").split(separator: "\r\n").count == lines.count)
        let page = try site.folder.text("r.html")
        #expect(page.contains("<b>\(summary.outcomes[.accepted] ?? 0)</b>"))
        #expect(page.contains("Why requests were refused") && page.utf8.count < 300_000)
        #expect(try site.folder.mode("r.html") == 0o600)
    }

    @Test("what waited and was decided later is told as it was decided")
    func later() throws {
        let site = try Site()
        _ = try site.refresh()
        let software = site.forge.directory.software[0]
        let early = try site.forge.item(.unpublishedSoftwareKey, number: 1)
        let good = try site.forge.item(of: software, .privateKeyJWT, number: 2)
        try site.folder.write(early.line + "\n" + good.line + "\n", to: "spool/incoming/two.ndjson")
        _ = try site.runAsOf("process")
        let before = try site.runAsOf("report", "two", "--ndjson", "a.ndjson")
        #expect(before.output.hasPrefix("accepted 1   rejected 0   malformed 0   deferred 1   duplicate 0\n"))
        // A week later it has waited in vain, and its last result is there.
        let week = ["--as-of", "2026-11-29T00:10:00Z"]
        _ = try Program.run(["refresh", "--all", "--mirror", "mirror"] + week, in: site.folder)
        _ = try Program.run(["process"] + week, in: site.folder)
        let after = try Program.run(["report", "two", "--ndjson", "b.ndjson"] + week, in: site.folder)
        #expect(after.code == 0, "\(after.errors)")
        #expect(after.output != before.output || site.folder.results().contains { $0.contains(".deferred.json") })
    }

    @Test("results that were changed are not told of as if they were not")
    func changed() throws {
        let (site, _) = try Self.site()
        let results = try #require(site.folder.results().first { $0.hasSuffix(".results.ndjson") })
        var text = try site.folder.text(results)
        text.replace("\"outcome\":\"rejected\"", with: "\"outcome\":\"accepted\"", maxReplacements: 1)
        try site.folder.write(text, to: results)
        let run = try site.runAsOf("report", "campaign", "--html", "r.html")
        #expect(run.code == 1 && run.errors.contains("not as it was committed"))
        #expect(!site.folder.has("r.html"))
        try site.folder.remove(results)
        #expect(try site.runAsOf("report", "campaign", "--html", "r.html").errors.contains("not there any more"))
    }

    @Test("a pass and a dry run report what they did and would do")
    func pass() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        try site.drop(.foreignRedirect, stem: "wrong", number: 1)
        try site.drop(.unpublishedSoftwareKey, stem: "early", number: 2)
        let dry = try site.runAsOf("process", "--dry-run", "--report", "html=dry.html")
        #expect(dry.code == 2, "\(dry.errors)")
        #expect(try site.folder.text("dry.html").contains("1 of 3 registrations would be accepted."))
        #expect(site.folder.has("spool/incoming/good.jwt"))
        let real = try site.runAsOf("process", "--report", "html=real.html", "--report", "csv=real.csv")
        #expect(real.code == 2, "\(real.errors)")
        #expect(try site.folder.text("real.html").contains("1 of 3 registrations were accepted."))
        #expect(try site.folder.text("real.html").contains("1 waits for keys"))
        #expect(try site.folder.text("real.csv").contains(",rejected,400,"))
    }

    @Test(
        "what is not there, or not said, is a usage error",
        arguments: [["report", "nosuch", "--html", "x"], ["report", "x"]]
    )
    func refused(_ words: [String]) throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop()
        _ = try site.runAsOf("process")
        let run = try Program.run(words, in: site.folder)
        #expect(run.code == 64 && !run.errors.isEmpty)
    }

    @Test(
        "headless Chromium shows the counts, runs nothing, fetches nothing and takes no name for markup",
        .enabled(if: Tool.path("chromium-headless-shell") != nil, "skipped: chromium-headless-shell is not installed")
    )
    func browser() throws {
        let site = try Site()
        _ = try site.refresh()
        let campaign = try Campaign(site.forge, count: 60, faults: Campaign.evenly(1))
        var draft = site.forge.request(for: site.forge.directory.software[0], number: 900)
        for claim in ["org_name", "software_client_name"] { draft.statement.claims[claim] = .text(Self.hostileName) }
        let text = String(decoding: campaign.bulk, as: UTF8.self) + (try draft.line()) + "\n"
        try site.folder.write(text, to: "spool/incoming/campaign.ndjson")
        let summary = try Summary(try site.runAsOf("process", "--json").output)
        #expect(try site.runAsOf("report", "campaign", "--html", "r.html").code == 0)
        let dom = try Self.chromium(site, "--dump-dom", "--enable-logging=stderr", "--v=0", "r.html")
        #expect(dom.output.contains("<b>\(summary.outcomes[.accepted] ?? 0)</b>"))
        #expect(dom.output.contains("id=\"headline\""))
        #expect(dom.output.contains("&lt;script&gt;document.title") && dom.output.contains("\\u{202E}"))
        #expect(!dom.output.contains("<title>owned") && !dom.output.contains("<img"))
        #expect(!dom.errors.contains("CONSOLE"), "\(dom.errors)")
        for (width, height) in [(360, 3000), (1200, 2000)] {
            let picture = "shot-\(width).png"
            _ = try Self.chromium(site, "--screenshot=\(picture)", "--window-size=\(width),\(height)", "r.html")
            #expect(try site.folder.bytes(picture).count > 20_000)
        }
        let net = try Self.chromium(site, "--log-net-log=net.json", "--dump-dom", "r.html")
        #expect(net.code == 0)
        let log = try site.folder.text("net.json")
        let asked = log.matches(of: /"url":"(https?:[^"]+)"/).map { String($0.1) }
        #expect(!asked.contains { !$0.contains("google") }, "\(asked)")
    }

    /// As hostile as a name in a signed statement can be.
    private static let hostileName =
        "<script>document.title='owned'</script><img src=\"https://tpp.example/x\" onerror=\"document.title='owned'\">"
        + "\u{202E}=1+1"

    private static func chromium(_ site: Site, _ words: String...) throws -> Program.Result {
        let path = try #require(Tool.path("chromium-headless-shell"))
        let common = [
            "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-background-networking",
            "--user-data-dir=\(site.folder.path)/profile",
        ]
        let file = "file://\(site.folder.path)/\(words[words.count - 1])"
        return try Running(
            words: [path] + common + words.dropLast() + [file],
            in: site.folder,
            ["HOME": site.folder.path]
        )
        .wait()
    }
}
