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

    @Test("shows progress at most four times a second and takes it away")
    func progress() {
        let sink = Sink()
        var progress = Progress(total: 12_000, start: 0, terminal: Terminal(isTerminal: true)) { sink.write($0) }
        for time in stride(from: Int64(0), through: 1000, by: 50) {
            progress.update(done: 7440, note: "rejected 205", at: time)
        }
        #expect(sink.all.count == 5)
        progress.clear()
        progress.clear()
        #expect(sink.all.count == 6)
        #expect(sink.all.last == "\r\u{1B}[K")
    }

    @Test("shows no progress elsewhere")
    func noProgress() {
        let sink = Sink()
        var progress = Progress(total: 10, start: 0, terminal: .plain) { sink.write($0) }
        progress.update(done: 1, at: 1000)
        progress.clear()
        #expect(sink.all.isEmpty)
    }

    @Test("draws a bar with count, rate and time left")
    func line() {
        #expect(
            Progress.line(done: 7440, of: 12_000, note: "rejected 205  deferred 26", elapsed: 5024)
                == "[##################------------]  62 %   7,440/12,000   1,480/s   ETA 4 s   rejected 205  deferred 26"
        )
        #expect(Progress.line(done: 0, of: 0, note: "", elapsed: 0) == "[##############################] 100 %   0/0")
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
