import Simulator
import Testing

@Suite("refresh")
struct RefreshCommandTests {
    @Test("says nothing when all is well and nobody looks")
    func silent() throws {
        let result = try Site().refresh()
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        #expect(result.errors.isEmpty)
    }

    @Test("speaks with -v, and to programs with --json")
    func speaks() throws {
        let site = try Site()
        let text = try site.runAsOf("refresh", "--all", "--mirror", "mirror", "-v")
        #expect(text.output.contains("openbanking.jwks"))
        #expect(text.output.contains(" updated"))
        let json = try site.runAsOf("refresh", "--all", "--mirror", "mirror", "--json")
        #expect(json.output.hasPrefix("{\"v\":1,"))
        #expect(json.output.contains("\"verdict\":\"good\""))
    }

    @Test("takes what is due only, an organisation, or one source")
    func chooses() throws {
        let site = try Site()
        _ = try site.refresh()
        let due = try site.runAsOf("refresh", "--mirror", "mirror", "--json")
        #expect(due.output.contains("\"due\":0,"))
        let organisation = try #require(try Site.directory.get().organisations.first).id
        let some = try site.runAsOf("refresh", "--org", organisation, "--mirror", "mirror", "--json")
        #expect(some.output.contains("\"due\":10,"), "\(some.output)")
        let url = try Site.directory.get().directoryURL
        let one = try site.runAsOf("refresh", "--source", url, "--mirror", "mirror", "--json")
        #expect(one.output.contains("\"due\":1,"))
    }

    @Test("does not follow a mirror that is not there")
    func noMirror() throws {
        let result = try Site().runAsOf("refresh", "--mirror", "elsewhere")
        #expect(result.code == 64)
        #expect(
            result.errors == """
                elsewhere: the mirror cannot be read: no such file or directory (ENOENT)
                  what to do: name the folder that holds <host>/<path> of each source

                """
        )
    }
}
