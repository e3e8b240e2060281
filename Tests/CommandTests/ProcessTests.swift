import Crypto
import Encoding
import Glibc
import OpenBanking
import Simulator
import Testing

@Suite("process")
struct ProcessTests {
    @Test("answers a whole campaign as each item deserves, from a batch")
    func campaign() throws {
        let site = try Site()
        let campaign = try Campaign(site.forge, count: 90, faults: Campaign.evenly(1))
        try site.folder.write(String(decoding: campaign.bulk, as: UTF8.self), to: "drop/batch.ndjson")
        #expect(try site.refresh().code == 0)
        #expect(try site.run("submit", "drop/batch.ndjson").output == "submitted batch.ndjson\n")
        let result = try site.runAsOf("process", "--json")
        #expect(result.code == 2, "\(result.errors)")
        let summary = try Summary(result.output)
        for outcome in Outcome.allCases { #expect(summary.outcomes[outcome] == campaign.expected[outcome, default: 0]) }
        #expect(summary.outcomes.values.reduce(0, +) == campaign.items.count)
        let names = site.folder.results().filter { $0.hasSuffix(".results.ndjson") }
        let lines = try site.folder.text(try #require(names.first)).split(separator: "\n")
        #expect(lines.count == campaign.items.count)
        for (line, item) in zip(lines, campaign.items) {
            let document = JSONDocument(limits: .record)
            try document.parse(ByteSlice(String(line)))
            #expect(
                document.root["outcome"]?.text?.string == item.expectation.outcome.rawValue,
                "\(item.name): \(line)"
            )
            #expect(document.root["ref"]?.text?.string == item.name)
        }
    }

    @Test("shows people what it did, which rules refused, what waits and how to see it")
    func summary() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        try site.drop(.foreignRedirect, stem: "wrong", number: 1)
        try site.drop(.unpublishedSoftwareKey, stem: "early", number: 2)
        let result = try site.runAsOf("process")
        #expect(result.code == 2)
        #expect(result.errors.isEmpty)
        let lines = result.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 7, "\(result.output)")
        #expect(lines[0].hasPrefix("keys: snapshot "))
        #expect(lines[1].hasPrefix("accepted 1   rejected 1   malformed 0   deferred 1   duplicate 0"))
        #expect(
            lines[2] == "results  \(site.folder.path)/spool/results/2026-11-22/"
                || lines[2] == "results  spool/results/2026-11-22/"
        )
        #expect(lines[3] == "refused by rule:")
        #expect(lines[4].hasPrefix("  R-107  1  "))
        #expect(
            lines[5]
                == "1 request waits for keys not in the cache, or too old; it is tried again after the next refresh."
        )
        #expect(lines[6] == "  see what is missing: counterfoil status --missing")
    }

    @Test("answers the same request once, and calls the second a duplicate")
    func duplicate() throws {
        let site = try Site()
        _ = try site.refresh()
        let item = try site.drop(stem: "first")
        #expect(try Summary(try site.runAsOf("process", "--json").output).outcomes[.accepted] == 1)
        try site.write(item, to: "spool/incoming/second")
        let again = try Summary(try site.runAsOf("process", "--json").output)
        #expect(again.outcomes[.duplicate] == 1)
        #expect(again.outcomes[.accepted] == 0)
    }

    @Test("tries a waiting request again once its key is there")
    func deferred() throws {
        let site = try Site()
        try site.drop()
        let mirror = "mirror/localhost:1\(KeyStorePath.directory)"
        let body = try site.folder.text(mirror)
        try site.folder.remove(mirror)
        #expect(try site.refresh().code == 2)
        let early = try site.runAsOf("process", "--json")
        #expect(early.code == 3)
        #expect(early.errors.contains("the directory's key set is not in the cache, so every request waits"))
        #expect(try Summary(early.output).keys == "missing")
        #expect(try Summary(early.output).outcomes[.deferred] == 1)
        #expect(try site.runAsOf("status", "--missing").output.contains(KeyStorePath.directory))
        try site.folder.write(body, to: mirror)
        _ = try site.refresh()
        let late = try site.runAsOf("process", "--json")
        #expect(late.code == 0, "\(late.output)\(late.errors)")
        #expect(try Summary(late.output).outcomes[.accepted] == 1)
        #expect(try site.runAsOf("status", "--missing").output == "No request waits for a key.\n")
    }

    @Test("rehearses without taking or writing anything")
    func dryRun() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        try site.drop(.foreignRedirect, stem: "wrong", number: 1)
        let before = site.folder.names("spool") + site.folder.names("spool/incoming")
        let result = try site.runAsOf("process", "--dry-run", "--json")
        #expect(result.code == 0)
        let summary = try Summary(result.output)
        #expect(summary.outcomes[.accepted] == 1)
        #expect(summary.outcomes[.rejected] == 1)
        let after = site.folder.names("spool") + site.folder.names("spool/incoming")
        #expect(before == after)
        #expect(!site.folder.has("state/ledger.sqlite"))
        #expect(!site.folder.has("state/secret.key"))
    }

    @Test("rehearses what would be set aside in the words it is set aside with, batches and their manifests too")
    func dryRunSetsAside() throws {
        let site = try Site()
        _ = try site.refresh()
        let line = try site.make(number: 1).line + "\n"
        func drop(_ stem: String, _ text: String, _ manifest: String) throws {
            try site.folder.write(manifest, to: "spool/incoming/\(stem).manifest.json")
            try site.folder.write(text, to: "spool/incoming/\(stem).ndjson")
        }
        try drop("first", line, "{\"batch_id\":\"wave-1\",\"records\":1}")
        #expect(try site.runAsOf("process").code == 0)
        try drop("short", line, "{\"records\":2}")
        try drop("twice", try site.make(number: 2).line + "\n", "{\"batch_id\":\"wave-1\"}")
        try drop("good", try site.make(number: 3).line + "\n", "{\"batch_id\":\"wave-2\",\"records\":1}")
        try site.folder.write("", to: "spool/incoming/empty.jwt")
        try site.folder.write("x", to: "spool/incoming/what is this")
        try site.folder.write("x", to: "spool/incoming/folder.jwt/x")
        let dry = try site.runAsOf("process", "--dry-run", "--json")
        let shown = try site.runAsOf("process", "--dry-run").output
        let real = try site.runAsOf("process", "--json")
        let failed = try [dry, real].map { run in
            let document = JSONDocument(limits: .record)
            try document.parse(ByteSlice(run.output))
            return try #require(document.root["failed"]).elements.map { file in
                "\(file["file"]?.text?.string ?? "") \(file["reason"]?.text?.string ?? "")"
            }
            .sorted()
        }
        #expect(failed[0] == failed[1])
        #expect(failed[1].count == 5, "\(failed[1])")
        #expect(failed[1].contains("short.ndjson the manifest says 2 records, the file has 1 (manifest)"))
        #expect(failed[1].contains("twice.ndjson batch_id was used by first.ndjson (manifest)"))
        #expect(shown.contains("\nwould be set aside in failed/:\n") && shown.contains("  empty.jwt: is empty"))
        #expect(try Summary(dry.output).outcomes == Summary(real.output).outcomes)
        #expect(try Summary(real.output).outcomes[.accepted] == 1)
    }

    @Test("rehearses a migration before the bank allows it, and says that it does not")
    func dryRunMigration() throws {
        let site = try Site()
        _ = try site.refresh()
        let line = try site.make().line
        let existing = "{\"existing\":{\"client_id\":\"old-1\",\"registered_at\":\"\(Site.asOf)\"},"
        let batch = existing + line.dropFirst() + "\n"
        let manifest = "{\"mode\":\"migration\",\"batch_id\":\"m1\",\"sha256\":\"\(SHA256Digest.of(batch).hex)\"}"
        try site.folder.write(manifest, to: "spool/incoming/moves.manifest.json")
        try site.folder.write(batch, to: "spool/incoming/moves.ndjson")
        let dry = try site.runAsOf("process", "--dry-run")
        #expect(dry.code == 2 && dry.output.contains("\naccepted 1   rejected 0   "), "\(dry.output)")
        let refusal = "  moves.ndjson: mode is migration, which policy.migration.allowed does not allow (manifest)\n"
        #expect(dry.output.contains(refusal), "\(dry.output)")
        try site.configure(["policy": "{certificate_profiles: {legacy: allow}, migration: {allowed: true}}"])
        let allowed = try site.runAsOf("process", "--dry-run")
        #expect(allowed.code == 0 && allowed.output.contains("\naccepted 1   rejected 0   "), "\(allowed.output)")
        #expect(!allowed.output.contains("moves.ndjson"))
    }

    @Test("makes the key of secret hashes once, for its user alone")
    func secretKey() throws {
        let site = try Site()
        _ = try site.refresh()
        _ = try site.runAsOf("process")
        let first = try site.folder.mode("state/secret.key")
        let bytes = try site.folder.bytes("state/secret.key")
        _ = try site.runAsOf("process")
        #expect(first == 0o600)
        #expect(bytes.count == 32)
        #expect(try site.folder.bytes("state/secret.key") == bytes)
        chmod("\(site.folder.path)/state/secret.key", 0o644)
        let seen = try site.runAsOf("process")
        #expect(seen.code == 78)
        #expect(seen.errors.contains(": others may read or write it (mode 0644)\n"), "\(seen.errors)")
        chmod("\(site.folder.path)/state/secret.key", 0o600)
        truncate("\(site.folder.path)/state/secret.key", 31)
        let cut = try site.runAsOf("process")
        #expect(cut.code == 78 && cut.errors.contains(": it has 31 bytes, not 32\n"), "\(cut.errors)")
        #expect(cut.errors.contains("never replace it, stored hashes need it"))
    }
}
