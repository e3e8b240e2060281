import Foundation
import Testing

/// What happens to bundles is a line of the audit, once, also where cache and ledger part by a kill.
@Suite("Bundles in the audit")
struct BundleAuditTests {
    /// The lines of the trail about bundles, each its event and its text.
    private func lines(_ site: Site) throws -> [(event: String, text: String)] {
        let shown = try site.run("audit", "export")
        #expect(shown.code == 0, "\(shown)")
        return shown.output.split(separator: "\n").compactMap { line in
            guard let event = line.firstMatch(of: /"event":"(bundle\.[^"]+)"/) else { return nil }
            return (String(event.1), String(line))
        }
    }

    private func accept(_ gap: GapSites, _ file: String, until: String) throws {
        let words = [
            "bundle", "import", file, "--accept-expired", "--until", until, "--reason", "courier late", "--by", "jo",
            "--as-of", "2026-12-28T00:00:00Z",
        ]
        try GapSites.expect(Program.run(words, in: gap.high.folder), 0)
    }

    @Test("the pin, the import, and each word that lets one count beyond its end are told, with who and why")
    func told() throws {
        let gap = try GapSites()
        let file = try gap.carry("keys.tar")
        let rehearsed = try gap.high.run("bundle", "import", file, "--pin", gap.pin, "--dry-run", "--as-of", Site.asOf)
        #expect(rehearsed.code == 0 && !gap.high.folder.has("state/ledger.sqlite"), "\(rehearsed)")
        for _ in 1...2 {
            try GapSites.expect(gap.high.run("bundle", "import", file, "--pin", gap.pin, "--as-of", Site.asOf), 0)
        }
        try accept(gap, file, until: "2027-01-01T00:00:00Z")
        try accept(gap, file, until: "2027-01-02T00:00:00Z")
        let lines = try lines(gap.high)
        #expect(
            lines.map(\.event)
                == ["bundle.pinned", "bundle.imported", "bundle.expired_accepted", "bundle.expired_accepted"]
        )
        #expect(lines[0].text.contains("\"subject\":\"\(gap.pin)\",\"root_sha256\":\"\(gap.pin)\""), "\(lines[0])")
        let imported = lines[1].text
        for fact in [
            "\"subject\":\"example v1\",\"repository\":\"example\",\"version\":1",
            "\"expires\":\"2026-12-27T00:00:00Z\"",
            "\"signers\":[\"", "\"happened_at\":\"\(Site.asOf)\"", "\"actor\":{\"uid\":\(getuid())", "\"cache_event\":",
        ] {
            #expect(imported.contains(fact), "\(fact): \(imported)")
        }
        #expect(!imported.contains("\"by\""))
        #expect(lines[2].text.contains("\"usable_until\":\"2027-01-01T00:00:00Z\""))
        #expect(lines[3].text.contains("\"usable_until\":\"2027-01-02T00:00:00Z\""))
        #expect(lines[3].text.contains("\"by\":\"jo\",\"why\":\"courier late\""), "\(lines[3])")
        #expect(try gap.high.run("audit", "verify").output.hasPrefix("intact, "))
    }

    @Test("a bundle of the spool is told by the pass that takes it, once")
    func spool() throws {
        let gap = try GapSites()
        try GapSites.expect(gap.high.run("bundle", "trust", "pin", gap.pin, "--as-of", Site.asOf), 0)
        _ = try gap.carry("a.tar", to: "spool/bundles/a.tar")
        for _ in 1...2 { try GapSites.expect(gap.high.runAsOf("process"), 0) }
        #expect(try lines(gap.high).map(\.event) == ["bundle.pinned", "bundle.imported"])
    }

    @Test("what a killed import left untold is told by the next pass; a cache made anew is told from its start")
    func left() throws {
        let gap = try GapSites()
        let file = try gap.carry("keys.tar")
        try GapSites.expect(gap.high.run("bundle", "import", file, "--pin", gap.pin, "--as-of", Site.asOf), 0)
        // As if the import had been stopped before its lines.
        try gap.high.folder.remove("state/ledger.sqlite")
        try GapSites.expect(gap.high.runAsOf("process"), 0)
        #expect(try lines(gap.high).map(\.event) == ["bundle.pinned", "bundle.imported"])
        try gap.high.folder.remove("state/cache.sqlite")
        let next = try gap.carry("next.tar", asOf: "2026-11-23T00:00:00Z")
        try GapSites.expect(
            gap.high.run("bundle", "import", next, "--pin", gap.pin, "--as-of", "2026-11-23T00:00:00Z"),
            0
        )
        let lines = try lines(gap.high)
        #expect(lines.map(\.event).suffix(2) == ["bundle.pinned", "bundle.imported"] && lines.count == 4)
        #expect(try #require(lines.last).text.contains("\"subject\":\"example v2\""))
    }

    @Test("a bundle that was refused is told with why, by command and from the spool; what may pass later is not")
    func refused() throws {
        let gap = try GapSites()
        let file = try gap.carry("keys.tar")
        let unpinned = try gap.high.run("bundle", "import", file, "--as-of", Site.asOf)
        #expect(unpinned.code == 3 && unpinned.errors.contains("bundle.not_pinned"), "\(unpinned)")
        try GapSites.expect(gap.high.run("bundle", "import", file, "--pin", gap.pin, "--as-of", Site.asOf), 0)
        let later = "2026-11-23T00:00:00Z"
        let next = try gap.carry("next.tar", asOf: later)
        try GapSites.expect(gap.high.run("bundle", "import", next, "--as-of", later), 0)
        #expect(try gap.high.run("bundle", "import", file, "--dry-run", "--as-of", later).code == 3)
        #expect(try gap.high.run("bundle", "import", file, "--as-of", later).code == 3)
        let torn = Array(try gap.high.folder.bytes("next.tar").dropLast(700))
        try gap.high.folder.write("", to: "spool/bundles/.keep")
        try Data(torn).write(to: URL(fileURLWithPath: "\(gap.high.folder.path)/spool/bundles/torn.tar"))
        try GapSites.expect(gap.high.run("process", "--as-of", later), 0)
        let refused = try lines(gap.high).filter { $0.event == "bundle.refused" }.map(\.text)
        #expect(refused.count == 2)
        for (line, (subject, reason)) in zip(refused, [("keys.tar", "rollback"), ("torn.tar", "truncated")]) {
            let said = line.contains("\"subject\":\"\(subject)\",\"reason\":\"bundle.\(reason)\",\"detail\":\"")
            #expect(said && line.contains("\"alarm\":false"), "\(line)")
        }
        let notice = try gap.high.folder.text("spool/bundles/rejected/torn.tar.reason.json")
        #expect(notice.contains("\"alarm\":false"), "\(notice)")
    }
}
