import Crypto
import Encoding
import Foundation
import GRDB
import Simulator
import Testing

/// Requests that were decided, judged again as of then.
@Suite("audit replay")
struct AuditReplayTests {
    /// A site that answered a single, a record and a batch; what waited was answered later, by other keys.
    private func site() throws -> Site {
        try SecretSite.processed()
    }

    private func later(_ minutes: Int64) -> String { Timestamp.rfc3339(Site.now + minutes * 60) }

    private func summary(_ result: Program.Result) -> String {
        result.output.split(separator: "\n").last.map(String.init) ?? ""
    }

    /// An authority more, as PEM.
    private func stranger() throws -> String {
        let key = try PrivateKey.generateEC(.p256)
        let name = NameTemplate([.country("GB"), .commonName("Another Root")])
        let template = CertificateTemplate.authority(
            name,
            key.publicKey,
            notBefore: Site.now - 86_400,
            notAfter: Site.now + 86_400
        )
        return PEM.encode(try template.issue(by: key), label: "CERTIFICATE")
    }

    @Test("everything that was decided comes out the same, after keys, lists, policy and anchors are others")
    func same() throws {
        let site = try site()
        // Everything a verdict rests on changes.
        let kid = String(
            try #require(try site.runAsOf("keys", "list", "--json").output.firstMatch(of: /"kid":"([^"]+)"/)?.1)
        )
        let words = ["--reason", "key_compromise", "--by", "jo", "--why", "told", "--yes", "--as-of", later(1)]
        #expect(try Program.run(["keys", "revoke"] + words + ["--", kid], in: site.folder).code == 0)
        try site.folder.write("{\"keys\":[]}", to: "mirror/localhost:1\(KeyStorePath.directory)")
        try site.configure(["policy": "{certificate_profiles: {legacy: refuse}, fapi: true}"])
        _ = try Program.run(["refresh", "--all", "--mirror", "mirror", "--as-of", later(1)], in: site.folder)
        try site.drop(stem: "other", number: 20)
        _ = try Program.run(["process", "--as-of", later(1)], in: site.folder)
        try site.folder.write(try stranger(), to: "anchors/more.pem")
        try site.drop(stem: "another", number: 21)
        _ = try Program.run(["process", "--as-of", later(2)], in: site.folder)
        let shown = try site.run("audit", "show", "--event", "policy.changed", "--json").output
        #expect(shown.contains("\"subject\":\"trust.anchors_sha256\""), "\(shown)")
        let replay = try site.run("audit", "replay", "-v")
        #expect(replay.code == 0, "\(replay.output)\(replay.errors)")
        #expect(summary(replay) == "7 decisions: 7 the same, 0 otherwise, 0 cannot be judged again", "\(replay.output)")
        let json = try site.run("audit", "replay", "--json")
        #expect(json.output.contains("\"replay\":\"same\"") && json.output.contains("\"type\":\"summary\",\"same\":7"))
    }

    @Test("in another generation what hung on a key comes out otherwise, and what did not, the same")
    func control() throws {
        let site = try site()
        let list = try site.runAsOf("keys", "list", "--json").output.split(separator: "\n")
        let line = try #require(
            list.first { $0.contains("openbanking.jwks") || $0.contains("\"class\":\"directory\"") }
        )
        let kid = String(try #require(line.firstMatch(of: /"kid":"([^"]+)"/)?.1))
        let words = ["--reason", "key_compromise", "--by", "jo", "--why", "told", "--yes", "--as-of", later(1)]
        #expect(try Program.run(["keys", "revoke"] + words + ["--", kid], in: site.folder).code == 0)
        #expect(try site.run("audit", "replay").code == 0)
        let newest = try #require(try site.run("keys", "list", "--json").output.isEmpty ? nil : newest(site))
        let other = try site.run("audit", "replay", "--generation", "\(newest)")
        #expect(other.code == 3 && other.output.contains("OTHERWISE: "), "\(other.output)")
        let unknown = try site.run("audit", "replay", "--generation", "9999")
        #expect(unknown.code == 64 && unknown.errors.contains("there is no generation 9999: there are 0 to \(newest)"))
    }

    private func newest(_ site: Site) throws -> Int {
        try DatabaseQueue(path: site.folder.path + "/state/cache.sqlite").read { db in
            try Int.fetchOne(db, sql: "SELECT value FROM meta WHERE name = 'generation'") ?? 0
        }
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// The file below the site whose SQL is run, or what is removed.
        let file: String
        let sql: String
        let code: Int32
        let says: String
    }

    static let rows = [
        Row(
            testDescription: "the input was taken away",
            file: "spool/archive",
            sql: "",
            code: 2,
            says: "cannot be judged again: the request is no longer in archive/"
        ),
        Row(
            testDescription: "the anchors of then were never kept",
            file: "state/cache.sqlite",
            sql: "DELETE FROM anchor_set",
            code: 2,
            says: "cannot be judged again: the trust anchors of then (sha256 "
        ),
        Row(
            testDescription: "the state of then is cleared away",
            file: "state/cache.sqlite",
            sql: "UPDATE meta SET value = 100000 WHERE name = 'replay_from'",
            code: 2,
            says: "was not kept"
        ),
        Row(
            testDescription: "an earlier version wrote down no settings",
            file: "state/ledger.sqlite",
            sql: "UPDATE meta SET value = 'environment: sandbox' WHERE name = 'policy_in_force'",
            code: 2,
            says: "cannot be judged again: the settings of then are not in the audit trail"
        ),
        Row(
            testDescription: "somebody made a refusal an issue",
            file: "state/ledger.sqlite",
            sql: "UPDATE audit SET line = replace(line, 'request.rejected', 'client.issued')",
            code: 3,
            says: "OTHERWISE: rejected, was accepted"
        ),
        Row(
            testDescription: "somebody changed what a verdict rests on",
            file: "state/ledger.sqlite",
            sql:
                "UPDATE audit SET line = replace(line, '\"tls_possession\":\"unproven\"', '\"tls_possession\":\"attested\"')",
            code: 3,
            says: "OTHERWISE: rests on "
        ),
        Row(
            testDescription: "somebody put a key back into the past",
            file: "state/cache.sqlite",
            sql: "UPDATE listing SET state = 'revoked' WHERE state = 'active'",
            code: 3,
            says: "OTHERWISE: "
        ),
    ]

    @Test("what is missing is named, what was changed is found", arguments: rows)
    func named(_ row: Row) throws {
        let site = try site()
        if row.sql.isEmpty {
            try site.folder.remove(row.file)
        } else {
            try DatabaseQueue(path: "\(site.folder.path)/\(row.file)").write { try $0.execute(sql: row.sql) }
        }
        let result = try site.run("audit", "replay")
        #expect(result.code == row.code, "\(result.output)\(result.errors)")
        #expect(result.output.contains(row.says), "\(result.output)")
    }

    @Test("one is named by its number or by its digest; none by what is no decision")
    func chosen() throws {
        let site = try site()
        let json = try site.run("audit", "replay", "--json").output.split(separator: "\n")
        let digest = String(try #require(json[0].firstMatch(of: /"request_sha256":"([0-9a-f]{16})/)?.1))
        let number = String(try #require(json[0].firstMatch(of: /"number":(\d+)/)?.1))
        for word in [digest, number] {
            let one = try site.run("audit", "replay", word)
            #expect(one.code == 0 && summary(one).hasPrefix("1 decision: 1 the same"), "\(one.output)")
            #expect(one.output.contains(": the same, "))
        }
        let none = try site.run("audit", "replay", "1")
        #expect(none.code == 64 && none.errors.contains("no decision on such a request"))
        #expect(try site.run("audit", "replay", "xyz").code == 64)
        #expect(try site.run("audit", "replay", "--since", "2030-01-01").output == "no decision on a request\n")
    }

    @Test("what the ledger alone refused is judged by the rules, and a migration by its own time")
    func special() throws {
        let site = try Site([
            "policy": "{certificate_profiles: {legacy: allow}, duplicates: refuse, migration: {allowed: true}}"
        ])
        _ = try site.refresh()
        let software = site.forge.directory.software[0]
        for number in 1...2 {
            let item = try site.forge.item(of: software, .privateKeyJWT, number: number)
            try site.write(item, to: "spool/incoming/r\(number)")
            _ = try site.runAsOf("process")
        }
        let record = try site.forge.item(of: site.forge.directory.software[1], .privateKeyJWT, number: 7).line
        let existing = "\"existing\":{\"client_id\":\"old-1\",\"registered_at\":\"2026-11-21T23:59:30Z\"}"
        let line = "{\(existing),\(record.dropFirst())\n"
        let sum = SHA256Digest.of(Array(line.utf8)).hex
        let manifest = "{\"v\":1,\"mode\":\"migration\",\"batch_id\":\"m1\",\"records\":1,\"sha256\":\"\(sum)\"}"
        try site.folder.write(manifest, to: "spool/incoming/m.manifest.json")
        try site.folder.write(line, to: "spool/incoming/m.ndjson")
        _ = try site.runAsOf("process")
        let result = try site.run("audit", "replay", "-v")
        #expect(result.code == 0, "\(result.output)\(result.errors)")
        #expect(summary(result) == "3 decisions: 3 the same, 0 otherwise, 0 cannot be judged again", "\(result.output)")
        #expect(result.output.contains("the ledger refused it (R-101)"), "\(result.output)")
    }
}
