import Testing

@Suite("submit")
struct SubmitTests {
    @Test("drops a request and the certificate beside it, the certificate first")
    func companion() throws {
        let site = try Site()
        try site.write(try site.make(), to: "tpp")
        let result = try site.run("submit", "tpp.jwt")
        #expect(result.code == 0)
        #expect(result.output == "submitted tpp.pem\nsubmitted tpp.jwt\n")
        #expect(site.folder.names("spool/incoming") == [".keep", "tpp.jwt", "tpp.pem"])
    }

    @Test("never replaces a file, refuses odd names, and goes on with the others")
    func refuses() throws {
        let site = try Site()
        try site.write(try site.make(), to: "tpp")
        _ = try site.run("submit", "tpp.jwt")
        try site.folder.write("{}", to: "other.json")
        try site.folder.write("x", to: "notes.txt")
        let result = try site.run("submit", "--json", "notes.txt", "tpp.jwt", "other.json")
        #expect(result.code == 64)
        #expect(result.errors.contains("(spool_refused)"))
        #expect(result.errors.contains("(spool_conflict)"))
        #expect(result.output.hasSuffix("{\"v\":1,\"file\":\"other.json\",\"submitted\":\"other.json\"}\n"))
    }

    @Test("says that a file is not there, before anybody looks for it in the spool")
    func notThere() throws {
        let result = try Site().run("submit", "tpp.jwt")
        #expect(result.code == 64)
        #expect(result.errors.hasPrefix("tpp.jwt: cannot be read: no such file or directory (ENOENT)\n  what to do: "))
    }

    @Test("says so where there is no spool")
    func noSpool() throws {
        let site = try Site(["spool": "{path: nowhere}"])
        try site.folder.write("{}", to: "other.json")
        let result = try site.run("submit", "other.json")
        #expect(result.code == 10)
        #expect(result.errors.contains("what to do: "))
    }
}
