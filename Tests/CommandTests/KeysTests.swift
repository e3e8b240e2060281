import Encoding
import Simulator
import Testing

@Suite("keys")
struct KeysCommandTests {
    /// A site with a full cache, and the kid of a signing key of its first organisation.
    private func site() throws -> (Site, kid: String, organisation: String) {
        let site = try Site()
        _ = try site.refresh()
        let organisation = try #require(try Site.directory.get().organisations.first).id
        let list = try site.runAsOf("keys", "list", "--org", organisation, "--json")
        #expect(list.code == 0)
        let document = JSONDocument(limits: .record)
        try document.parse(Array(list.output.utf8))
        var kid: String?
        document.root["keys"]?.forEachElement { key in
            if kid == nil, key["state"]?.text?.equals("active") == true { kid = key["kid"]?.text?.string }
        }
        return (site, try #require(kid), organisation)
    }

    /// What `show` says; one kid in 64 begins with a hyphen, so that it stands behind `--`.
    private func show(_ kid: String, _ site: Site) throws -> String {
        try Program.run(["keys", "show", "--as-of", Site.asOf, "--", kid], in: site.folder).output
    }

    @Test("a kid that begins with a hyphen is named behind --, or as the value of --kid")
    func hyphen() throws {
        let site = try Site()
        let path = site.softwareFile(0)
        let kid = site.forge.directory.software[0].signing.key.kid
        let body = try site.folder.text(path).replacing("\"kid\":\"\(kid)\"", with: "\"kid\":\"-v-yes\"")
        try site.folder.write(body, to: path)
        _ = try site.refresh()
        #expect(try show("-v-yes", site).contains("state        active"))
        #expect(try site.runAsOf("keys", "show", "-v-yes").code == 64)
        #expect(try site.runAsOf("keys", "list", "--kid", "-v-yes").output.contains("-v-yes"))
        #expect(try site.runAsOf("keys", "history", "--kid", "-v-yes").code == 0)
    }

    @Test("list, show and history tell of the same key")
    func look() throws {
        let (site, kid, _) = try site()
        #expect(try site.runAsOf("keys", "list", "--kid", kid).output.contains(kid))
        #expect(try show(kid, site).contains("state        active"))
        let history = try site.runAsOf("keys", "history", "--kid", kid, "--at", Site.asOf)
        #expect(history.output.contains("at \(Site.asOf): valid"))
        #expect(try site.runAsOf("keys", "diff", "0").output.contains("none -> active"))
        let unknown = try site.runAsOf("keys", "diff", "1", "100000")
        #expect(unknown.code == 64 && unknown.errors.contains("there is no generation 100000: there are 0 to "))
        #expect(try site.runAsOf("keys", "diff", "5", "5").output == "no key changed\n")
        #expect(
            try site.runAsOf("keys", "list", "--state", "revoked", "--org", "nobody").output == "no key is like that\n"
        )
    }

    @Test("revoke needs --yes, says what it did, and shows at once")
    func revoke() throws {
        let (site, kid, _) = try site()
        let words = ["--reason", "key_compromise", "--by", "jo", "--why", "test"]
        let unsure = try Program.run(["keys", "revoke"] + words + ["--as-of", Site.asOf, "--", kid], in: site.folder)
        #expect(unsure.code == 64)
        #expect(unsure.errors.contains("would revoke"))
        let done = try Program.run(
            ["keys", "revoke"] + words + ["--yes", "--json", "--as-of", Site.asOf, "--", kid],
            in: site.folder
        )
        #expect(done.code == 0)
        #expect(done.output.hasPrefix("{\"v\":1,"))
        #expect(try show(kid, site).contains("(key_compromise)"))
    }

    @Test("holds are listed, compared and decided, by somebody and for a reason")
    func holds() throws {
        let (site, _, _) = try site()
        #expect(try site.runAsOf("keys", "hold", "list").output == "no key set waits\n")
        let url = try Site.directory.get().directoryURL
        let path =
            "mirror/" + url.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true)[1].drop { $0 == "/" }
        try site.folder.write("{\"keys\":[]}", to: path)
        _ = try site.refresh()
        let list = try site.runAsOf("keys", "hold", "list")
        #expect(list.output.contains("lost all keys"))
        #expect(try site.runAsOf("keys", "hold", "diff", url).output.contains("   - "))
        let reject = try site.runAsOf("keys", "hold", "reject", url, "--by", "jo", "--why", "mistake")
        #expect(reject.output.hasPrefix("rejected "))
        #expect(try site.runAsOf("keys", "hold", "list", "--json").output == "{\"v\":1,\"holds\":[],\"hosts\":[]}\n")
    }

    @Test(
        "what is not there, or not said, is a usage error",
        arguments: [
            ["keys", "show", "nosuch"], ["keys", "history", "--kid", "nosuch"], ["keys", "hold", "diff", "9"],
            ["keys", "revoke", "nosuch", "--reason", "superseded", "--by", "jo", "--why", "x", "--yes"],
            ["keys", "revoke", "x", "--reason", "boredom", "--by", "jo", "--why", "x"],
            ["keys", "hold", "accept", "1"], ["keys", "diff", "yesterday", "today"],
        ]
    )
    func refused(_ arguments: [String]) throws {
        let site = try Site()
        _ = try site.refresh()
        let result = try Program.run(arguments, in: site.folder)
        #expect(result.code == 64)
        #expect(!result.errors.isEmpty)
    }
}
