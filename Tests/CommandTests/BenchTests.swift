import Encoding
import Testing

@Suite("bench")
struct BenchTests {
    @Test("measures each part with requests of its own, finds no verdict wrong, and leaves nothing behind")
    func measures() throws {
        let folder = try TemporaryFolder()
        let result = try Program.run(
            ["bench", "--requests", "60", "--rounds", "1", "--workers", "1", "--json", "--folder", folder.path],
            in: folder
        )
        #expect(result.code == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == 3, "\(result.output)")
        for (line, part) in zip(lines, ["validation", "bulk", "singles"]) {
            let document = JSONDocument()
            try document.parse(ByteSlice(String(line)))
            #expect(document.root["part"]?.text?.equals(part) == true)
            #expect(document.root["mismatches"]?.integer == 0)
            #expect(document.root["n"]?.integer == 60)
            #expect((document.root["med_rps"]?.integer ?? 0) > 0)
            #expect((document.root["file_system"] != nil) == (part != "validation"))
        }
        let left = folder.names("").filter { $0.hasPrefix("counterfoil-bench") }
        #expect(left.isEmpty)
    }

    @Test("writes a workload, measures it by name, and says when verdicts differ from what it expects")
    func workload() throws {
        let folder = try TemporaryFolder()
        let made = try Program.run(["bench", "--make", "workload", "--requests", "40"], in: folder)
        #expect(made.code == 0, "\(made.errors)")
        let measure = ["bench", "--workload", "workload", "--part", "validation", "--rounds", "1", "--workers", "2"]
        let good = try Program.run(measure, in: folder)
        #expect(good.code == 0, "\(good.errors)")
        #expect(good.output.contains("\njudged in memory                        2  "))
        let expected = try folder.text("workload/expect.ndjson")
        try folder.write(expected.replacing("\"ok\":false", with: "\"ok\":true"), to: "workload/expect.ndjson")
        let wrong = try Program.run(measure, in: folder)
        #expect(wrong.code == 1)
        #expect(wrong.output.contains("\n  2 verdicts are wrong\n"))
        let again = try Program.run(["bench", "--make", "workload", "--requests", "40"], in: folder)
        #expect(again.code == 64)
    }

    @Test("says for people how long a batch would take")
    func forecast() throws {
        let folder = try TemporaryFolder()
        let result = try Program.run(
            ["bench", "--requests", "40", "--rounds", "1", "--workers", "1", "--part", "bulk"],
            in: folder
        )
        #expect(result.code == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        try #require(lines.count == 3, "\(result.output)")
        #expect(lines[0].hasSuffix("WORKERS  REQUESTS/S  PROCESSOR EACH    MEMORY"))
        #expect(lines.allSatisfy { $0.count <= 80 || $0.hasPrefix("A batch") })
        #expect(lines[2].hasPrefix("A batch of 100,000 takes about "))
    }

    @Test("refuses what it cannot measure", arguments: [["--requests", "10"], ["--rounds", "0"], ["--part", "all"]])
    func usage(_ options: [String]) throws {
        #expect(try Program.run(["bench"] + options, in: TemporaryFolder()).code == 64)
    }
}
