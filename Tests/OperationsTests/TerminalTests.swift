import Operations
import Testing

@Suite("The terminal")
struct TerminalTests {
    @Test(
        "has colour only where a person looks and wants it",
        arguments: [
            (true, nil, "xterm", true), (false, nil, "xterm", false), (true, "1", "xterm", false),
            (true, "", nil, true),
            (true, nil, "dumb", false),
        ] as [(Bool, String?, String?, Bool)]
    )
    func colour(_ terminal: Bool, _ noColour: String?, _ term: String?, _ colour: Bool) {
        let terminal = Terminal(isTerminal: terminal, noColour: noColour, term: term)
        #expect(terminal.hasColour == colour)
        #expect(terminal.paint("x", .red) == (colour ? "\u{1B}[31mx\u{1B}[0m" : "x"))
    }

    @Test("aligns columns, colours not counted, nothing behind the last")
    func table() {
        var table = TextTable(columns: [.left, .right, .left], indent: 2)
        table.add(["a", "1", "x"])
        table.add(["\u{1B}[31mlong\u{1B}[0m", "1,000", ""])
        table.add(["b"])
        #expect(table.text == "  a         1  x\n  \u{1B}[31mlong\u{1B}[0m  1,000\n  b\n")
    }

    @Test("keeps a fixed clock still and the other one going")
    func clock() {
        #expect(Clock.fixed(1000).now() == 1000)
        #expect(Clock.fixed(1000).isFixed)
        #expect(Clock.system.now() > 1_700_000_000)
        let start = Clock.fixed(0).monotonicMilliseconds()
        #expect(Clock.fixed(0).monotonicMilliseconds() >= start)
    }
}
