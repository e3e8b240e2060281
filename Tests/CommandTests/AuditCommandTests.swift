import Crypto
import Encoding
import Foundation
import GRDB
import Testing

@Suite("audit")
struct AuditCommandTests {
    /// A site whose trail has a policy, three clients, a refusal and a revocation.
    private func site() throws -> Site {
        let site = try SecretSite.processed()
        let list = try site.runAsOf("keys", "list", "--json").output
        let kid = String(try #require(list.firstMatch(of: /"kid":"([^"]+)"/)?.1))
        let words = [
            "--reason", "key_compromise", "--by", "jo", "--why", "told by phone", "--yes", "--as-of", Site.asOf,
        ]
        #expect(try Program.run(["keys", "revoke"] + words + ["--", kid], in: site.folder).code == 0)
        return site
    }

    private func change(_ site: Site, _ sql: String) throws {
        try DatabaseQueue(path: site.folder.path + "/state/ledger.sqlite").write { try $0.execute(sql: sql) }
    }

    @Test("verify finds the trail whole, with every event that happened, by whom and on which evidence")
    func whole() throws {
        let site = try site()
        let verified = try site.run("audit", "verify")
        #expect(verified.code == 0 && verified.output.hasPrefix("intact, lines 1 to 6\nend 6:"), "\(verified)")
        let export = try site.run("audit", "export", "--format", "ndjson")
        let lines = export.output.split(separator: "\n").map(String.init)
        let events = lines.compactMap { $0.firstMatch(of: /"event":"([^"]+)"/)?.1 }
        #expect(
            events.sorted()
                == (["policy.changed", "key.revoked", "request.rejected"] + Array(repeating: "client.issued", count: 3))
                .sorted()
        )
        for line in lines {
            #expect(line.contains("\"actor\":{\"uid\":\(getuid())") && line.contains("\"host\":\""), "\(line)")
        }
        let issued = try #require(lines.first { $0.contains("client.issued") })
        for fact in [
            "directory_kid", "request_kid", "certificate_sha256", "keys_fetched_at", "directory_keys_fetched_at",
            "tls_possession", "snapshot",
        ] {
            #expect(issued.contains("\"\(fact)\":"), "\(fact): \(issued)")
        }
        #expect(issued.contains("\"time_basis\":\"arrival\""))
        let refused = try #require(lines.first { $0.contains("request.rejected") })
        #expect(refused.contains("\"rule\":\"R-107\",\"rules\":[\"R-107\""))
        let revoked = try #require(lines.first { $0.contains("key.revoked") })
        #expect(revoked.contains("\"by\":\"jo\",\"why\":\"told by phone\""))
        // That the trail was taken out is a line of it.
        #expect(try site.run("audit", "show").output.contains("export.made"))
    }

    @Test("a policy that changes is told setting by setting, once")
    func policy() throws {
        let site = try site()
        try site.configure(["policy": "{certificate_profiles: {legacy: allow}, fapi: true}"])
        for _ in 1...2 { _ = try site.runAsOf("process") }
        let shown = try site.run("audit", "show", "--event", "policy.changed", "--json").output.split(separator: "\n")
        #expect(shown.count == 2)
        #expect(try #require(shown.last).contains("{\"key\":\"policy.fapi\",\"from\":\"false\",\"to\":\"true\"}"))
    }

    static let damages: [(String, String, String)] = [
        (
            "a changed line", "UPDATE audit SET line = replace(line, 'R-107', 'R-108') WHERE line LIKE '%R-107%'",
            "content"
        ),
        ("a line taken out", "DELETE FROM audit WHERE number = 3", "gap"),
        ("the last line taken out", "DELETE FROM audit WHERE number = 6", "cut"),
    ]

    @Test("verify names the first line that does not fit", arguments: damages)
    func damaged(_ name: String, _ sql: String, _ flaw: String) throws {
        let site = try site()
        try change(site, sql)
        let result = try site.run("audit", "verify")
        #expect(result.code == 3 && result.output.isEmpty)
        #expect(result.errors.contains("audit: broken ") && result.errors.contains("keep a copy"), "\(result.errors)")
        let json = try site.run("audit", "verify", "--json").output
        #expect(json.contains("\"intact\":false,\"line\":") && json.contains("\"flaw\":\"\(flaw)\""), "\(json)")
    }

    @Test("lines cut off with the end the ledger keeps are found out by a summary that was kept")
    func cut() throws {
        let site = try site()
        let summary = try site.folder.text(try #require(site.folder.results().first { $0.hasSuffix(".summary.json") }))
        let kept = try #require(summary.firstMatch(of: /"audit":\{"number":(\d+),"hash":"([0-9a-f]{64})"\}/))
        let number = try #require(Int64(kept.1))
        let expect = "\(kept.1):\(kept.2)"
        #expect(try site.run("audit", "verify", "--expect", expect).code == 0)
        try change(
            site,
            """
            DELETE FROM audit WHERE number >= \(number);
            UPDATE meta SET value = '\(number - 1)' WHERE name = 'audit_number';
            UPDATE meta SET value = (SELECT lower(hex(hash)) FROM audit WHERE number = \(number - 1))
              WHERE name = 'audit_hash'
            """
        )
        #expect(try site.run("audit", "verify").code == 0)
        let found = try site.run("audit", "verify", "--expect", expect)
        #expect(found.code == 3 && found.errors.contains("is not the line that was kept elsewhere"), "\(found)")
    }

    @Test("what was exported is verified without the ledger, also a part of it; a changed file is not")
    func exported() throws {
        let site = try site()
        let all = try site.run("audit", "export").output
        try site.folder.write(all, to: "audit.ndjson")
        let lines = all.split(separator: "\n").map(String.init)
        try site.folder.write(lines[2...].joined(separator: "\n") + "\n", to: "part.ndjson")
        try site.folder.write(all.replacingOccurrences(of: "R-107", with: "R-108"), to: "changed.ndjson")
        try site.folder.write((lines[..<2] + lines[3...]).joined(separator: "\n"), to: "gap.ndjson")
        try site.folder.remove("state/ledger.sqlite")
        #expect(try site.run("audit", "verify", "audit.ndjson").output.hasPrefix("intact, lines 1 to 6\n"))
        #expect(try site.run("audit", "verify", "part.ndjson").output.hasPrefix("intact, lines 3 to 6\n"))
        let changed = try site.run("audit", "verify", "changed.ndjson")
        #expect(changed.code == 3 && changed.errors.hasPrefix("changed.ndjson: broken at "), "\(changed.errors)")
        #expect(changed.errors.contains("it is not what was written\n  what to do: treat the file as tampered with"))
        #expect(try site.run("audit", "verify", "gap.ndjson").errors.contains("broken at 3: a number is skipped"))
    }

    @Test(
        "exports go on behind a number and from a time, and each form is a line an entry",
        arguments: ["ndjson", "ecs", "ocsf", "cef"]
    )
    func forms(_ format: String) throws {
        let site = try site()
        let part = try site.run("audit", "export", "--format", format, "--after", "4")
        #expect(part.code == 0 && part.output.split(separator: "\n").count == 2, "\(part)")
        #expect(try site.run("audit", "export", "--format", format, "--since", "9999-01-01").output.isEmpty)
        #expect(try site.run("audit", "export", "--format", "leef").code == 64)
    }
}
