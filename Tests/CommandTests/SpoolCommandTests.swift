import Foundation
import Encoding
import Simulator
import Testing

@Suite("spool")
struct SpoolCommandTests {
    /// A site with an answered request, one that waits, one that was set aside and one that was just dropped.
    private func site() throws -> Site {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "done")
        try site.drop(.unpublishedSoftwareKey, stem: "early", number: 1)
        try site.folder.write("{}", to: "spool/incoming/what is this")
        try site.folder.write("", to: "spool/incoming/empty.jwt")
        #expect(try site.runAsOf("process").code == 2)
        try site.drop(stem: "new", number: 2)
        return site
    }

    @Test("list shows what is not finished, where it stands and why")
    func list() throws {
        let site = try site()
        let text = try site.run("spool", "list")
        #expect(text.code == 0 && text.errors.isEmpty)
        #expect(text.output.contains("incoming") && text.output.contains("new.jwt"))
        #expect(text.output.contains("incomplete/empty.jwt  is empty"))
        #expect(text.output.contains("; next try 2026-11-22T"))
        #expect(!text.output.contains("done.jwt") && !text.output.contains(".pem"))
        let lines = try site.run("spool", "list", "--json").output.split(separator: "\n").map { line in
            let document = JSONDocument(limits: .record)
            try document.parse(ByteSlice(String(line)))
            if let files = document.root["files"]?.integer { return "summary \(files)" }
            return "\(document.root["state"]?.text?.string ?? "") \(document.root["reason"]?.text?.string ?? "-")"
        }
        #expect(lines.sorted() == ["deferred -", "failed incomplete", "failed name", "incoming -", "summary 4"])
        #expect(try site.run("spool", "list", "--state", "active").output == "nothing is unfinished\n")
    }

    @Test("list tells what a companion that lies alone waits for, and what nobody takes because of its name")
    func listsWhatStays() throws {
        let site = try Site()
        for name in ["alone.pem", "both.pem", "both.jws", "alone.manifest.json", "both.manifest.json", "both.jsonl"] {
            try site.folder.write("x", to: "spool/incoming/\(name)")
        }
        try site.folder.write("x", to: "spool/incoming/half.ndjson.part")
        let text = try site.run("spool", "list").output
        let lines = Set(text.split(separator: "\n").dropFirst().map { $0.split(separator: "Z ").last ?? "" })
        #expect(
            lines == [
                "alone.pem  a certificate without its request: it waits for alone.jwt, alone.jws or alone.jose",
                "alone.manifest.json  a manifest without its batch: it waits for alone.ndjson or alone.jsonl",
                "both.jws", "both.jsonl",
                "half.ndjson.part  is left alone: its name says that it is still being written",
            ],
            "\(text)"
        )
        let waiting = try site.run("wait", "--drained", "--timeout", "0s")
        #expect(waiting.code == 75 && waiting.errors.contains("counterfoil spool list"), "\(waiting.errors)")
    }

    @Test("retry puts a file back, wakes one that waits, and says what it cannot do")
    func retry() throws {
        let site = try site()
        let waiting = try #require(site.folder.names("spool/deferred").first { $0.hasSuffix(".jwt") })
        let result = try site.run("spool", "retry", "incomplete/empty.jwt", waiting, "no-such.jwt")
        #expect(result.code == 2)
        #expect(result.output.contains("incomplete/empty.jwt: put back as empty.jwt"))
        #expect(result.output.contains("\(waiting): is tried in the next pass"))
        #expect(result.errors.contains("no-such.jwt: neither waits nor was set aside"))
        #expect(site.folder.names("spool/incoming").contains("empty.jwt"))
        let pass = try site.runAsOf("process", "--json")
        #expect(pass.output.contains("\"deferred\":1"), "\(pass.output)")
        #expect(site.folder.names("spool/control").isEmpty)
        #expect(site.folder.names("spool/failed/incomplete").contains("empty.jwt"))
    }

    @Test("purge lists what would go, and removes it only when told to")
    func purge() throws {
        let site = try site()
        let later = ["--as-of", "2027-11-22T00:00:00Z"]
        let dry = try Program.run(["spool", "purge"] + later, in: site.folder)
        #expect(dry.code == 0)
        #expect(dry.output.contains("archive/2026-11-22/") && dry.output.contains("would go"))
        #expect(!dry.output.contains("results/"))
        #expect(site.folder.names("spool/archive") == ["2026-11-22"])
        let result = try #require(site.folder.results().first)
        try site.folder.write("", to: result.replacingOccurrences(of: "/results/", with: "/acks/"))
        let done = try Program.run(["spool", "purge", "--yes"] + later, in: site.folder)
        #expect(done.code == 0 && done.output.hasSuffix("went\n"), "\(done.output)")
        #expect(site.folder.names("spool/archive").isEmpty && site.folder.results().isEmpty)
        #expect(site.folder.names("spool/deferred").count == 2)
    }

    @Test("process clears away what is old enough by itself, once an hour")
    func byItself() throws {
        let site = try Site(["spool": "{path: spool, min_free: 1MiB, keep: {archive: {age: 1d}}}"])
        _ = try site.refresh()
        try site.folder.write("old", to: "spool/archive/2026-11-19/g1/old.jwt")
        try site.folder.write("young", to: "spool/archive/2026-11-21/g2/young.jwt")
        #expect(try site.runAsOf("process").code == 0)
        #expect(site.folder.names("spool/archive") == ["2026-11-21"])
        try site.folder.write("old", to: "spool/archive/2026-11-19/g1/old.jwt")
        #expect(try site.runAsOf("process").code == 0)
        #expect(site.folder.names("spool/archive") == ["2026-11-19", "2026-11-21"])
    }
}
