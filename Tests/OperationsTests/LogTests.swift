import Encoding
import Logging
import Operations
import Testing

@Suite("The log")
struct LogTests {
    private let time: UnixTime = 1_795_356_000

    private func lines(_ format: LogFormat, level: LogLevel = .debug, _ body: (Log) -> Void) -> [String] {
        let sink = Sink()
        body(Log(format, level: level, clock: .fixed(time)) { sink.write($0) })
        return sink.all
    }

    @Test(
        "writes a line in each form",
        arguments: [
            (.text, "2026-11-22T14:00:00Z info    refresh.done sources read due=12 class=crl reason=\"time out\"\n"),
            (.journal, "<6>refresh.done sources read due=12 class=crl reason=\"time out\"\n"),
            (
                .json,
                #"{"ts":"2026-11-22T14:00:00Z","level":"info","event":"refresh.done","msg":"sources read","due":12,"#
                    + #""class":"crl","reason":"time out"}"# + "\n"
            ),
        ] as [(LogFormat, String)]
    )
    func forms(_ format: LogFormat, _ line: String) {
        let written = lines(format) {
            $0(.refreshDone, "sources read", .count(.due, 12), .sourceClass("crl"), .reason("time out"))
        }
        #expect(written == [line])
    }

    @Test("escapes what could move a terminal or fake a line", arguments: [LogFormat.text, .journal, .json])
    func escapes(_ format: LogFormat) throws {
        let written = lines(format) { $0(.sourceState, "key", .keyID("a\n<0>fake\u{1B}[2J\u{202E}\u{2028}\"=")) }
        let line = try #require(written.first)
        #expect(written.count == 1)
        #expect(line.unicodeScalars.count { $0.value < 32 || $0.value == 127 } == 1)
        #expect(line.hasSuffix("\n"))
        #expect(!line.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{2028}" })
    }

    @Test("cuts long values")
    func cuts() throws {
        let line = try #require(
            lines(.text) { $0(.sourceState, "key", .path(String(repeating: "x", count: 10_000))) }.first
        )
        #expect(line.utf8.count < 300)
        #expect(line.contains("…"))
    }

    @Test("never holds a whole digest as request, nor more than one")
    func digest() {
        #expect(
            lines(.journal) { $0(.batchDone, "decided", .requestDigest(String(repeating: "ab", count: 32))) } == [
                "<6>batch.done decided request=abababababababab\n"
            ]
        )
    }

    @Test(
        "withholds what looks like a token or a key, whatever the field",
        arguments: ["eyJhbGciOiJQUzI1NiJ9.e30.c2ln", "could not read eyJ0eXAi", "-----BEGIN PRIVATE KEY-----"]
    )
    func secrets(_ text: String) {
        let fields: [LogField] = [
            .reason(text), .path(text), .source(text), .keyID(text), .batch(text), .subject(text),
        ]
        let line = lines(.text) { $0.write(.sourceState, "key", fields) }.joined()
        #expect(!line.contains("eyJ") && !line.contains("BEGIN"))
        #expect(line.split(separator: " ").count { $0.contains("(withheld)") } == fields.count)
    }

    @Test("leaves out what is below its level")
    func level() {
        #expect(lines(.text, level: .warning) { $0(.refreshDone, "done") }.isEmpty)
        #expect(lines(.text, level: .warning) { $0(.spoolDiskLow, "low") }.count == 1)
        #expect(!Log.silent.writes(.warning))
    }

    @Test("takes lines of libraries without their metadata")
    func library() {
        let written = lines(.text) { log in
            var logger = log.logger(label: "lib")
            logger[metadataKey: "token"] = "secret"
            logger.warning("hello", metadata: ["password": "secret"])
        }
        #expect(written == ["2026-11-22T14:00:00Z warning hello\n"])
    }

    @Test(
        "chooses its form by where it runs",
        arguments: [
            (LogFormat.auto, nil, false, LogFormat.json), (.auto, "8:123", false, .journal), (.auto, nil, true, .text),
            (.auto, "8:123", true, .text), (.json, "8:123", true, .json), (.auto, "", false, .json),
            (.auto, "8:124", false, .json), (.journal, nil, false, .journal),
        ] as [(LogFormat, String?, Bool, LogFormat)]
    )
    func auto(_ format: LogFormat, _ stream: String?, _ terminal: Bool, _ resolved: LogFormat) {
        let terminal = Terminal(isTerminal: terminal)
        #expect(format.resolved(journalStream: stream, stream: "8:123", terminal: terminal) == resolved)
    }
}
