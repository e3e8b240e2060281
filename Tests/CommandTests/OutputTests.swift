import Simulator
import Testing

/// What happens to what a command says where nobody can take it.
@Suite("Output that cannot be written")
struct OutputTests {
    private func shell(_ line: String, _ site: Site) throws -> Program.Result {
        try Running(words: ["sh", "-c", line, "sh", Program.path], in: site.folder).wait()
    }

    @Test(
        "a full disk behind standard output is told and ends with 75, whatever the command",
        arguments: ["status", "audit export", "clients list --json", "rules", "process --as-of \(Site.asOf)"]
    )
    func full(_ command: String) throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "first")
        _ = try site.runAsOf("process")
        try site.drop(stem: "second", number: 1)
        let result = try shell("$1 \(command) > /dev/full", site)
        #expect(result.code == 75, "\(result)")
        #expect(
            result.errors.contains(
                "standard output: not all could be written: no space left on device (ENOSPC)\n  what to do: "
            ),
            "\(result.errors)"
        )
    }

    @Test("a reader that has enough is no trouble")
    func enough() throws {
        let site = try Site()
        let result = try shell("$1 rules --markdown | head -n 1", site)
        #expect(result.code == 0 && result.output == "# Rules\n" && result.errors.isEmpty, "\(result)")
    }

    @Test("streams that are closed are never taken for a file of ours")
    func closed() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        try site.drop(.foreignRedirect, stem: "wrong", number: 1)
        let result = try shell("$1 process --as-of \(Site.asOf) <&- >&- 2>&-", site)
        #expect(result.code == 0)
        #expect(site.folder.results().count == 2)
        for file in site.folder.results() + ["spool/.lock"] {
            #expect(!(try site.folder.text(file)).contains("snapshot 34, fresh"), "\(file)")
        }
        #expect(try site.run("audit", "verify").output.hasPrefix("intact, lines 1 to "))
    }

    @Test("a report that could not be written keeps a pass from beginning")
    func report() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        let result = try site.runAsOf("process", "--report", "html=nowhere/pass.html")
        #expect(result.code == 1 && result.errors.hasPrefix("nowhere/pass.html: cannot be written: "), "\(result)")
        #expect(site.folder.names("spool/incoming").contains("good.jwt") && site.folder.results().isEmpty)
        #expect(try site.runAsOf("process", "--report", "html=pass.html").code == 0)
        #expect(!site.folder.names("").contains { $0.hasSuffix(".draft") })
    }

    @Test("a file that is in the drop box already stays, and is named with what to do")
    func twice() throws {
        let site = try Site()
        try site.folder.write("{}", to: "one.json")
        #expect(try site.run("submit", "one.json").code == 0)
        let again = try site.run("submit", "one.json")
        #expect(again.code == 64)
        #expect(
            again.errors.hasPrefix("one.json: a file of that name is in the drop box already, and is left as it is")
        )
        try site.folder.write("", to: "empty.json")
        #expect(
            try site.run("submit", "empty.json").errors.contains(
                "is empty (spool_refused)\n  what to do: submit it once"
            )
        )
        try site.folder.write("", to: "one")
        #expect(try site.run("submit", "one").errors.hasPrefix("one: its name does not end like an input of ours"))
    }
}
