import Glibc
import Testing

@Suite("config")
struct ConfigTests {
    @Test("check reads all that can be read without network and database")
    func check() throws {
        let result = try Site().run("config", "check")
        #expect(result.code == 0)
        #expect(
            result.output == """
                configuration  counterfoil.yaml   16 keys set
                sources        sources.yaml   3 organisations, 2 revocation lists
                anchors        anchors   2 certificates
                ok

                """,
            "\(result.output)"
        )
    }

    @Test("a file that another user left in the folder is not taken, unless it is named")
    func foreign() throws {
        guard getuid() == 0 else {
            print("skipped: only root can give a file to another user")
            return
        }
        let site = try Site()
        #expect(chown("\(site.folder.path)/counterfoil.yaml", 65_534, 65_534) == 0)
        let result = try site.run("process")
        #expect(result.code == 78)
        #expect(
            result.errors.hasPrefix("counterfoil.yaml: belongs to another user, so it is not taken"),
            "\(result.errors)"
        )
        #expect(try site.run("config", "check", "--config", "counterfoil.yaml").code == 0)
        let named = ["COUNTERFOIL_CONFIG": "counterfoil.yaml"]
        #expect(try Program.run(["config", "check"], in: site.folder, named).code == 0)
    }

    @Test("an unknown key is named with its place")
    func unknownKey() throws {
        let site = try Site()
        try site.folder.write("process:\n  workerz: 3\n", to: "counterfoil.yaml")
        let result = try site.run("config", "check")
        #expect(result.code == 78)
        #expect(
            result.errors == """
                counterfoil.yaml:2:3: unknown key "workerz" in process; did you mean "workers"?
                  what to do: correct the file, then check it with: counterfoil config check

                """
        )
    }

    @Test("a safety rule cannot be changed")
    func safetyRule() throws {
        let site = try Site(["policy": "{overrides: {R-008: off}}"])
        let result = try site.run("config", "check")
        #expect(result.code == 78)
        #expect(result.errors.hasPrefix("policy.overrides: R-008 cannot be changed: "))
    }

    @Test("show tells what the file sets; --effective everything, and where it comes from")
    func show() throws {
        let site = try Site()
        try site.folder.write("process:\n  workers: 3\n", to: "counterfoil.yaml")
        #expect(try site.run("config", "show").output == "process.workers  3  counterfoil.yaml:2\n")
        let effective = try site.run("config", "show", "--effective").output.split(separator: "\n")
        #expect(effective.contains { $0.hasPrefix("process.workers ") && $0.hasSuffix("counterfoil.yaml:2") })
        #expect(effective.contains { $0.hasPrefix("environment ") && $0.hasSuffix("default") })
        #expect(try site.run("config", "show", "--json").output.hasPrefix("{\"v\":1,\"file\":\"counterfoil.yaml\","))
    }

    @Test("COUNTERFOIL_CONFIG names the file, and --config outranks it")
    func place() throws {
        let site = try Site()
        try site.folder.write("process:\n  workers: 3\n", to: "a.yaml")
        try site.folder.write("process:\n  workers: 4\n", to: "b.yaml")
        let named = ["COUNTERFOIL_CONFIG": "a.yaml"]
        #expect(try Program.run(["config", "show"], in: site.folder, named).output.hasSuffix("a.yaml:2\n"))
        let both = try Program.run(["config", "show", "--config", "b.yaml"], in: site.folder, named)
        #expect(both.output.hasSuffix("b.yaml:2\n"))
    }
}
