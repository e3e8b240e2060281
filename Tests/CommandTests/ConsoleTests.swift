import Testing

/// What documents show of a terminal is what a terminal shows: their console blocks are run.
///
/// A block fenced as `console` is typed line for line into one shell for each document, and what it prints is compared.
/// What cannot be run in a test, such as `systemctl`, stands in blocks fenced as `sh`, which are read for their syntax.
@Suite("Console blocks")
struct ConsoleTests {
    @Test("the commands of a document do what it shows", arguments: ConsoleDocument.all)
    func commandsDoWhatIsShown(_ document: ConsoleDocument) throws {
        let (blocks, faults) = ConsoleBlock.blocks(of: try ConsoleDocument.text(document.path))
        #expect(faults == [])
        let steps = blocks.flatMap(\.steps).filter { !document.elsewhere.contains(Self.words($0.command)) }
        let site = try document.site?()
        try ConsoleSession(folder: try site?.folder ?? TemporaryFolder()).expect(steps, of: document.path)
    }

    @Test("what a document leaves to the whole run is what the whole run does", arguments: ConsoleDocument.all)
    func elsewhereIsRun(_ document: ConsoleDocument) throws {
        let lines = Set(try ConsoleDocument.text(".ci/run").split(separator: "\n").map(String.init))
        for command in document.elsewhere { #expect(lines.contains(command), "\(command)") }
    }

    @Test("what is not run is read for its syntax", arguments: try ConsoleDocument.paths())
    func shellIsReadable(_ path: String) throws {
        for block in ConsoleDocument.blocks("sh", of: try ConsoleDocument.text(path)) {
            let folder = try TemporaryFolder()
            try folder.write(block.text, to: "block")
            let result = try Running(words: ["bash", "-n", "block"], in: folder).wait()
            #expect(result.code == 0, "\(path):\(block.line): \(result.errors)")
        }
    }

    /// What is shown, what is printed, and whether they agree.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let shown: [String]
        let printed: [String]
        let agrees: Bool

        init(_ description: String, _ shown: [String], _ printed: [String], _ agrees: Bool) {
            (testDescription, self.shown, self.printed, self.agrees) = (description, shown, printed, agrees)
        }
    }

    @Test(
        "what is shown is compared with what is printed",
        arguments: [
            Row("the same", ["a", "b"], ["a", "b"], true),
            Row("nothing and nothing", [], [], true),
            Row("another word", ["a b"], ["a c"], false),
            Row("a line too few", ["a"], ["a", "b"], false),
            Row("a line too many", ["a", "b"], ["a"], false),
            Row("blanks at the end", ["a"], ["a  "], true),
            Row("something left out of a line", ["took … ms"], ["took 12 ms"], true),
            Row("nothing left out of a line", ["took… ms"], ["took ms"], true),
            Row("the end differs", ["took … ms"], ["took 12 s"], false),
            Row("both ends overlap", ["ab…ba"], ["aba"], false),
            Row("several left out, in order", ["…b…d…"], ["abcde"], true),
            Row("several left out, out of order", ["…d…b…"], ["abcde"], false),
            Row("lines left out", ["a", "…", "d"], ["a", "b", "c", "d"], true),
            Row("no lines left out", ["a", "…", "d"], ["a", "d"], true),
            Row("lines left out at the end", ["a", "…"], ["a", "b"], true),
            Row("lines left out, the last is missing", ["a", "…", "d"], ["a", "b", "c"], false),
        ]
    )
    func comparison(_ row: Row) {
        #expect(ConsoleOutput.matches(row.printed, shown: row.shown) == row.agrees)
    }

    @Test("a block is read as commands and what they print")
    func reading() throws {
        let text = """
            Words.
            ```console
            $ first --flag \\
                more
            one
            $ cat <<E
            > two
            > E
            two

            ```
            ```sh
            $ not this
            ```
            """
        let (blocks, faults) = ConsoleBlock.blocks(of: text)
        #expect(faults == [])
        let steps = try #require(blocks.first).steps
        #expect(blocks.count == 1)
        #expect(steps.map(\.command) == ["first --flag \\\n    more", "cat <<E\ntwo\nE"])
        #expect(steps.map(\.shown) == [["one"], ["two", ""]])
        #expect(steps.map(\.line) == [3, 6])
    }

    @Test("a session keeps folder, variables and codes from command to command")
    func session() throws {
        let commands = ["x=1; mkdir there", "cd there; printf '%s' $x", "(exit 3)", "echo $?", "echo bad >&2", "pwd"]
        let steps = commands.map { ConsoleBlock.Step(line: 1, command: $0) }
        let folder = try TemporaryFolder()
        let outcomes = try ConsoleSession(folder: folder).run(steps)
        #expect(outcomes.map(\.code) == [0, 0, 3, 0, 0, 0])
        #expect(outcomes.map(\.output) == [[], ["1"], [], ["3"], ["bad"], ["\(folder.path)/there"]])
    }

    /// A command without what is said behind it for its reader.
    private static func words(_ command: String) -> String {
        String(command.prefix { $0 != "#" }.reversed().drop { $0 == " " }.reversed())
    }
}
