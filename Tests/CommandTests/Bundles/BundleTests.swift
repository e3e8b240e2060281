import Crypto
import Encoding
import Foundation
import Testing

@Suite("Bundles by command")
struct BundleTests {
    @Test("keys cross the gap, and requests are judged by them")
    func walk() throws {
        let gap = try GapSites()
        let file = try gap.carry("keys.tar")
        let verified = try gap.low.run("bundle", "verify", "keys.tar", "--pin", gap.pin, "--as-of", Site.asOf)
        #expect(verified.code == 0 && verified.output.contains("bundle example v1: genuine"), "\(verified)")
        let early = try gap.high.run("bundle", "import", file, "--as-of", Site.asOf)
        #expect(early.code == 3 && early.errors.contains("bundle.not_pinned"), "\(early)")
        let rehearsed = try gap.high.run("bundle", "import", file, "--pin", gap.pin, "--dry-run", "--as-of", Site.asOf)
        #expect(rehearsed.code == 0 && rehearsed.output.contains("would be imported"), "\(rehearsed)")
        let imported = try gap.high.run("bundle", "import", file, "--pin", gap.pin, "--as-of", Site.asOf)
        #expect(imported.code == 0 && imported.output.contains("bundle example v1: imported"), "\(imported)")
        let again = try gap.high.run("bundle", "import", file, "--as-of", Site.asOf)
        #expect(again.code == 0 && again.output.contains("imported already"), "\(again)")
        try gap.high.drop()
        let processed = try gap.high.runAsOf("process")
        #expect(processed.code == 0, "\(processed)")
        #expect(gap.high.folder.results().contains { $0.hasSuffix(".accepted.json") })
        let trust = try gap.high.run("bundle", "trust", "show", "--json", "--as-of", Site.asOf)
        #expect(trust.output.contains("\"pin\":\"\(gap.pin)\""), "\(trust)")
    }

    @Test("a bundle in the spool imports by itself; a broken one is set aside with the reason")
    func spool() throws {
        let gap = try GapSites()
        _ = try gap.carry("a.tar", to: "spool/bundles/a.tar")
        let early = try gap.high.runAsOf("process")
        #expect(early.errors.contains("bundle.not_pinned"), "\(early)")
        #expect(gap.high.folder.has("spool/bundles/a.tar"))
        #expect(try gap.high.run("bundle", "trust", "pin", gap.pin, "--as-of", Site.asOf).code == 0)
        _ = try gap.carry("b.tar", to: "spool/bundles/b.tar")
        let bytes = Array(try gap.high.folder.bytes("spool/bundles/b.tar").dropLast(700))
        try Data(bytes).write(to: URL(fileURLWithPath: "\(gap.high.folder.path)/spool/bundles/b.tar"))
        try gap.high.drop()
        let processed = try gap.high.runAsOf("process")
        #expect(processed.code == 0, "\(processed)")
        #expect(gap.high.folder.names("spool/bundles/imported") == ["a.tar"])
        #expect(gap.high.folder.names("spool/bundles/rejected") == ["b.tar", "b.tar.reason.json"])
        let reason = try gap.high.folder.text("spool/bundles/rejected/b.tar.reason.json")
        #expect(reason.contains("\"reason\":\"bundle.truncated\""), "\(reason)")
        #expect(gap.high.folder.results().contains { $0.hasSuffix(".accepted.json") })
    }

    @Test("a site whose bundle has ended holds new work back, and takes it again with a word")
    func end() throws {
        let gap = try GapSites()
        let file = try gap.carry("keys.tar")
        try GapSites.expect(gap.high.run("bundle", "import", file, "--pin", gap.pin, "--as-of", Site.asOf), 0)
        try gap.high.drop()
        let late = "2026-12-28T00:00:00Z"
        let parked = try gap.high.run("process", "--as-of", late)
        #expect(parked.code == 3, "\(parked)")
        #expect(!gap.high.folder.results().contains { $0.hasSuffix(".accepted.json") })
        let refused = try gap.high.run("bundle", "import", file, "--as-of", late)
        #expect(refused.code == 3 && refused.errors.contains("bundle.expired"), "\(refused)")
        let word = try gap.high.run(
            "bundle",
            "import",
            file,
            "--accept-expired",
            "--until",
            "2027-01-01T00:00:00Z",
            "--reason",
            "courier late",
            "--by",
            "jo",
            "--as-of",
            late
        )
        #expect(word.code == 0 && word.output.contains("counts until 2027-01-01T00:00:00Z"), "\(word)")
        let shown = try gap.high.run("bundle", "trust", "show", "--as-of", late)
        #expect(shown.output.contains("by jo: courier late"), "\(shown)")
    }
}
