import Crypto
import Encoding
import Simulator
import Testing

/// What check, explain and a rehearsal say of requests the ledger knows, and of results that were given.
@Suite("check and explain beside a ledger")
struct LedgerJudgingTests {
    /// A site where `one` was accepted and `bad` rejected; their files lie beside the spool too.
    private func processed() throws -> (site: Site, results: [String]) {
        let site = try Site()
        _ = try site.refresh()
        let good = try site.make()
        let bad = try site.make(.foreignRedirect, number: 3)
        for (item, stem) in [(good, "one"), (bad, "bad")] {
            try site.write(item, to: "spool/incoming/\(stem)")
            try site.write(item, to: stem)
        }
        let result = try site.runAsOf("process")
        #expect(result.code == 0, "\(result.errors)")
        return (site, site.folder.names("spool/results/2026-11-22").sorted())
    }

    private func digits(_ name: String) -> String { String(name.split(separator: ".")[1]) }

    @Test("check says where the same request was answered, and which client it made")
    func duplicate() throws {
        let (site, results) = try processed()
        let result = try site.runAsOf("check", "one.jwt", "bad.jwt")
        #expect(result.code == 0, "\(result.output)")
        let lines = result.output.split(separator: "\n")
        #expect(
            lines[0].hasPrefix("one.jwt: duplicate   the same bytes were accepted 2026-11-22T00:00:00Z, client_id ")
        )
        #expect(lines[0].contains("results/2026-11-22/\(try #require(results.last))"))
        #expect(lines[1].contains("were rejected"))
        let json = try site.runAsOf("check", "one.jwt", "--json").output
        #expect(json.contains("\"outcome\":\"duplicate\"") && json.contains("\"duplicate_of\":{\"same\":\"bytes\""))
    }

    @Test("check says once, beside the verdicts, that there is no ledger yet")
    func noLedger() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.write(try site.make(), to: "one")
        let result = try site.runAsOf("check", "one.jwt")
        #expect(result.output == "one.jwt: accepted\n")
        #expect(result.errors.contains("there is no ledger yet"))
        #expect(!site.folder.names("state").contains { $0.hasPrefix("ledger") })
        #expect(try site.runAsOf("check", "one.jwt", "-q").errors.isEmpty)
        #expect(try site.runAsOf("explain", "one.jwt").output.contains("ledger         there is none yet"))
    }

    @Test("a rehearsal counts what the pass then does: duplicates of the batch and of the ledger")
    func rehearsal() throws {
        let (site, _) = try processed()
        let campaign = try Campaign(site.forge, count: 8, faults: [.foreignRedirect: 1])
        let known = try site.make(number: 0)
        var lines = campaign.items.map(\.line)
        lines += [lines[0], lines[0], known.line, "{"]
        try site.folder.write(lines.map { $0 + "\n" }.joined(), to: "spool/incoming/all.ndjson")
        let before = try site.runAsOf("process", "--dry-run", "--json").output
        let after = try site.runAsOf("process", "--json").output
        #expect(try outcomes(before) == outcomes(after))
        #expect(try #require(try outcomes(after)["duplicate"]) >= 3)
        #expect(site.folder.names("spool/incoming") == [".keep"])
    }

    private func outcomes(_ json: String) throws -> [String: Int] {
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(json))
        var outcomes: [String: Int] = [:]
        for member in try #require(document.root["outcomes"]).members {
            outcomes[member.name.string] = member.value.integer.map { Int($0) }
        }
        return outcomes
    }

    @Test("explain tells a result by its file, by the digits in its name and by the digest of its request")
    func result() throws {
        let (site, results) = try processed()
        let name = try #require(results.first { $0.hasPrefix("bad.") })
        let digest = SHA256Digest.of(try site.folder.bytes("bad.jwt")).hex
        for subject in ["spool/results/2026-11-22/\(name)", "results/2026-11-22/\(name)", name, digits(name), digest] {
            let result = try site.runAsOf("explain", subject)
            #expect(result.code == 0, "\(subject): \(result.errors)")
            #expect(result.output.contains("\(name)   REJECTED   invalid_redirect_uri   (decided 2026-11-22T00:00:00Z"))
            #expect(result.output.contains("R-107 FAIL"))
            #expect(result.output.contains("request        sha256 \(digest)") || result.output.contains(digest))
            #expect(result.output.contains("\nTo send to the TPP:\n"))
        }
        let json = try site.runAsOf("explain", digits(name), "--json").output
        #expect(json.contains("\"type\":\"result\"") && json.contains("\"outcome\":\"rejected\""))
        try site.folder.remove("spool/results/2026-11-22/\(name)")
        let gone = try site.runAsOf("explain", digits(name))
        #expect(gone.output.contains("REJECTED   (as the ledger remembers it)"), "\(gone.output)")
    }

    @Test("explain tells a line of a batch's results, and shows no secret")
    func bulkResult() throws {
        let site = try Site([
            "policy": "{certificate_profiles: {legacy: allow}, fapi: false, "
                + "auth_methods: [client_secret_basic, private_key_jwt]}"
        ])
        _ = try site.refresh()
        var draft = site.forge.request(for: site.forge.directory.software[0], number: 4)
        draft.claims["token_endpoint_auth_method"] = "client_secret_basic"
        draft.claims["token_endpoint_auth_signing_alg"] = nil
        try site.folder.write(try draft.line() + "\n" + "{}\n", to: "spool/incoming/all.ndjson")
        _ = try site.runAsOf("process")
        let name = try #require(site.folder.names("spool/results/2026-11-22").first { $0.hasSuffix(".ndjson") })
        let text = String(decoding: try site.folder.bytes("spool/results/2026-11-22/\(name)"), as: UTF8.self)
        let secret = try #require(text.firstMatch(of: /"client_secret":"([^"]+)"/)?.1)
        for flag in [["--json"], []] {
            let result = try Program.run(
                ["explain", "results/2026-11-22/\(name)", "--line", "1", "--as-of", Site.asOf] + flag,
                in: site.folder
            )
            #expect(result.code == 0 && result.output.lowercased().contains("accepted"), "\(result.errors)")
            #expect(!result.output.contains(secret))
        }
        #expect(try site.runAsOf("explain", "results/2026-11-22/\(name)").code == 64)
        let digest = try #require(text.firstMatch(of: /"request_sha256":"([0-9a-f]{64})"/)?.1)
        #expect(try site.runAsOf("explain", String(digest)).output.contains("\(name), line 1   ACCEPTED"))
    }

    @Test("explain says that digits nobody knows are unknown, and what to give")
    func unknownDigits() throws {
        let (site, _) = try processed()
        let result = try site.runAsOf("explain", String(repeating: "0", count: 16))
        #expect(result.code == 64)
        #expect(result.errors.contains("the ledger knows no request of this digest"))
    }

    @Test("explain asks the ledger who owns a client")
    func ownership() throws {
        let (site, _) = try processed()
        var draft = site.forge.request(for: site.forge.directory.software[0], number: 9)
        draft.record["operation"] = "update"
        draft.record.append("client_id", "nobodys-client")
        try site.folder.write(try draft.line(), to: "update.json")
        let result = try site.runAsOf("explain", "update.json")
        #expect(result.output.contains("R-140 FAIL   no such client"), "\(result.output)")
        #expect(!result.output.contains("To send to the TPP"))
        #expect(try site.runAsOf("check", "update.json").code == 1)
    }

    @Test("explain says why rules were not reached, and gives the TPP nothing of ours")
    func unreached() throws {
        let (site, _) = try processed()
        try site.write(try site.make(.statementSignature, number: 5), to: "flipped")
        let result = try site.runAsOf("explain", "flipped.jwt")
        let why = "  not reached, the directory's signature over the software statement is not one to believe: R-0"
        #expect(result.output.contains(why), "\(result.output)")
        let start = try #require(result.output.firstRange(of: "To send to the TPP:"))
        let notice = result.output[start.lowerBound...]
        for word in ["localhost", "spool", "snapshot", "counterfoil", site.folder.path] {
            #expect(!notice.contains(word), "\(notice)")
        }
    }
}
