import Encoding
import KeyCache
import Operations
import Testing

@testable import Refresh

@Suite("The refresh screen")
struct RefreshScreenTests {
    static let now: UnixTime = 1_795_341_600  // 2026-11-22T10:00:00Z

    static func line(
        _ class: SourceClass,
        _ name: String,
        _ outcome: RefreshOutcome,
        _ reason: String,
        code: String? = nil
    ) -> RefreshLine {
        RefreshLine(
            url: "https://keystore.test/\(name)",
            class: `class`,
            name: name,
            outcome: outcome,
            code: code,
            reason: reason,
            lastGood: outcome == .updated ? now : nil,
            milliseconds: 12
        )
    }

    static func report(_ lines: [RefreshLine], stopped: Bool = false) -> RefreshReport {
        RefreshReport(
            startedAt: now,
            milliseconds: 11_400,
            lines: lines,
            wasStopped: stopped,
            generationBefore: 418,
            generationAfter: 419
        )
    }

    static let mixed = [
        line(.directory, "openbanking.jwks", .updated, "+1 key"),
        line(.organisation, "0015800001041RHAAY", .unchanged, "304"),
        line(
            .organisation,
            "0015800001ZEZ3WAAX",
            .unreachable,
            "timeout after 10 s; never fetched yet",
            code: "timeout"
        ),
        line(.softwareRevoked, "4W5r", .held, "all keys vanished at once; hold 3, last good kept", code: "held.empty"),
    ]

    @Test("shows what is not simply unchanged, and the sums")
    func text() {
        #expect(
            RefreshScreen.text(Self.report(Self.mixed)) == """
                directory  openbanking.jwks    updated      +1 key
                org        0015800001ZEZ3WAAX  unreachable  timeout after 10 s; never fetched yet
                revoked    4W5r                held         all keys vanished at once; hold 3, last good kept
                4 due   1 updated  1 unchanged  1 unreachable  1 held   11.4 s   snapshot 419
                1 source failed, last good keys kept.
                1 source is held, last good keys kept:  counterfoil keys hold list

                """
        )
        #expect(
            RefreshScreen.text(Self.report(Self.mixed), verbose: true).contains(
                "0015800001041RHAAY  unchanged    304\n"
            )
        )
    }

    @Test("of nothing due is one line")
    func nothing() {
        #expect(RefreshScreen.text(Self.report([])) == "0 due   11.4 s   snapshot 419\n")
    }

    @Test("has a JSON form")
    func json() {
        let lines = [Self.mixed[2]]
        #expect(
            RefreshScreen.json(Self.report(lines, stopped: true)).all.string == """
                {"v":1,"started_at":"2026-11-22T10:00:00Z","ms":11400,"verdict":"failed","stopped":true,\
                "generation_before":418,"generation":419,"due":1,"undated":0,"updated":0,"unchanged":0,"unreachable":1,\
                "invalid":0,"held":0,"left":0,"skipped":0,"sources":[{"url":"https://keystore.test/0015800001ZEZ3WAAX",\
                "class":"organisation","outcome":"unreachable","code":"timeout",\
                "reason":"timeout after 10 s; never fetched yet","remedy":null,"last_good":null,"ms":12}]}

                """
        )
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var outcomes: [RefreshOutcome]
        var verdict: RefreshReport.Verdict
        var exit: ExitCode
        var testDescription: String { name }
    }

    @Test(
        "and the exit code agree",
        arguments: [
            Row(name: "nothing due", outcomes: [], verdict: .good, exit: .done),
            Row(name: "all current", outcomes: [.updated, .unchanged], verdict: .good, exit: .done),
            Row(name: "one unreachable", outcomes: [.unchanged, .unreachable], verdict: .partial, exit: .partial),
            Row(name: "one invalid", outcomes: [.unchanged, .invalid], verdict: .partial, exit: .partial),
            Row(name: "one held", outcomes: [.held], verdict: .partial, exit: .partial),
            Row(name: "one not tried", outcomes: [.updated, .skipped], verdict: .partial, exit: .partial),
            Row(name: "all failed", outcomes: [.unreachable, .invalid, .skipped], verdict: .failed, exit: .refused),
        ]
    )
    func exitCodes(_ row: Row) {
        let report = Self.report(row.outcomes.map { Self.line(.software, "s", $0, "") })
        #expect(report.verdict == row.verdict)
        #expect(report.exitCode() == row.exit)
    }

    @Test("calls an unchanged cache idle only where asked to")
    func idle() {
        var report = Self.report([Self.line(.software, "s", .unchanged, "304")])
        #expect(report.exitCode(failIfIdle: true) == .done)
        report.generationAfter = report.generationBefore
        #expect(report.exitCode(failIfIdle: true) == .idle)
        #expect(report.exitCode() == .done)
    }
}
