import Operations
import Testing

@Suite("The progress")
struct ProgressTests {
    static let terminal = Terminal(isTerminal: true, term: "xterm")

    private func written(
        _ mode: ProgressMode,
        _ terminal: Terminal,
        columns: Int = 120,
        seconds: Int64 = 1
    ) -> [String] {
        let sink = Sink()
        var progress = Progress(mode, start: 0, terminal: terminal, width: { columns }) { sink.write($0) }
        for time in stride(from: Int64(0), through: seconds * 1000, by: 50) {
            progress.update(ProgressStep(done: 7440, of: 12_000, note: "rejected 205"), at: time)
        }
        progress.clear()
        progress.clear()
        return sink.all
    }

    @Test("is redrawn four times a second on a terminal, and taken away")
    func redrawn() {
        let all = written(.auto, Self.terminal)
        #expect(all.count == 6)
        #expect(all.dropLast().allSatisfy { $0.hasPrefix("\r\u{1B}[K[###") })
        #expect(all.last == "\r\u{1B}[K")
    }

    @Test(
        "is not there where nobody looks",
        arguments: [
            (.auto, .plain), (.off, ProgressTests.terminal), (.auto, Terminal(isTerminal: true, term: "dumb")),
            (.off, .plain),
        ] as [(ProgressMode, Terminal)]
    )
    func silent(_ mode: ProgressMode, _ terminal: Terminal) {
        #expect(written(mode, terminal).isEmpty)
    }

    @Test("is a line every ten seconds where that was asked for, without any control")
    func plain() {
        let all = written(.plain, .plain, seconds: 35)
        #expect(all.count == 3)
        #expect(all.first == " 62 %   7,440/12,000   744/s   ETA 7 s   rejected 205\n")
    }

    @Test("keeps the colour's wish apart: NO_COLOR leaves the line")
    func noColour() {
        #expect(written(.auto, Terminal(isTerminal: true, noColour: "1", term: "xterm")).count == 6)
    }

    @Test(
        "fits its width: the bar shrinks, then goes, then the words are cut",
        arguments: [20, 40, 60, 79, 80, 120, 200]
    )
    func fits(_ columns: Int) {
        for line in written(.auto, Self.terminal, columns: columns).dropLast() {
            #expect(line.dropFirst("\r\u{1B}[K".count).count <= max(20, columns - 3))
        }
    }

    @Test("draws a bar with count, rate and time left")
    func line() {
        let step = ProgressStep(done: 7440, of: 12_000, note: "rejected 205  deferred 26")
        #expect(
            step.line(elapsed: 5024, width: 119)
                == "[##################------------]  62 %   7,440/12,000   1,480/s   ETA 4 s   rejected 205  deferred 26"
        )
        #expect(
            step.line(elapsed: 5024, width: 79)
                == "[####----]  62 %   7,440/12,000   1,480/s   ETA 4 s   rejected 205  deferred 26"
        )
        #expect(
            ProgressStep(done: 0, of: 0).line(elapsed: 0, width: 79)
                == "[##############################] 100 %   0/0"
        )
        let bytes = ProgressStep(done: 300, share: 0.25, note: "batch.ndjson")
        #expect(
            bytes.line(elapsed: 1000, width: 119)
                == "[#######-----------------------]  25 %   300   300/s   ETA 3 s   batch.ndjson"
        )
    }
}
