import Encoding
import OpenBanking
import Testing

@testable import Report

@Suite("Report: page")
struct PageTests {
    @Test("the headline counts, in a sentence for each way it can be")
    func headline() throws {
        func words(_ outcomes: [Outcome]) throws -> String {
            var tally = ReportTally()
            for outcome in outcomes { tally.add(try Results.result(outcome, rule: "R-107")) }
            return ReportWords.headline(Results.facts(), tally)
        }
        #expect(try words([]) == "Nothing was answered.")
        #expect(try words([.accepted]) == "The one registration was accepted.")
        #expect(try words([.accepted, .accepted]) == "All 2 registrations were accepted.")
        #expect(try words([.rejected]) == "None of 1 registration was accepted.")
        #expect(try words([.accepted, .rejected, .deferred]) == "1 of 3 registrations were accepted.")
        var facts = Results.facts()
        facts.isRehearsal = true
        var tally = ReportTally()
        tally.add(try Results.result())
        #expect(ReportWords.headline(facts, tally) == "The one registration would be accepted.")
    }

    @Test("shares are never rounded to all or to nothing")
    func shares() {
        #expect(ReportWords.share(0, of: 10) == "0\u{A0}%")
        #expect(ReportWords.share(10, of: 10) == "100\u{A0}%")
        #expect(ReportWords.share(1, of: 100_000) == "< 0.1\u{A0}%")
        #expect(ReportWords.share(99_999, of: 100_000) == "> 99.8\u{A0}%")
        #expect(ReportWords.share(333, of: 12_000) == "2.7\u{A0}%")
        #expect(ReportWords.share(1, of: 2) == "50\u{A0}%")
    }

    @Test("counts, rules in plain words, what waits, organisations and keys are told")
    func sections() throws {
        var tally = ReportTally()
        for line in 1...5 { tally.add(try Results.result(line: line)) }
        for line in 6...8 { tally.add(try Results.result(.rejected, line: line, rule: "R-107")) }
        tally.add(try Results.result(.deferred, line: 9, rule: "R-087", value: "https://keys.example/x kid k1"))
        let page = Results.page(tally)
        for part in [
            "5 of 9 registrations were accepted.", "3 were refused", "1 waits for keys",
            "The oldest keys that decided were 10 min old; keys may be used for 3 d.", "what R-107 asks",
            "the remedy of R-107", "https://keys.example/x kid k1", "The TPP Organisation", "<code>org1</code>",
            "line 6",
        ] {
            #expect(page.contains(part), "\(part)")
        }
        #expect(!page.contains(Results.secret))
    }

    @Test("an override in force is told first, whether it touched a result or not")
    func overrides() throws {
        var tally = ReportTally()
        tally.add(try Results.result(overrides: "R-013"))
        var facts = Results.facts()
        facts.overrides = [ReportFacts.Override(rule: "R-003", severity: "ignore")]
        let page = Results.page(tally, facts)
        #expect(page.contains("Rules with a changed severity"))
        #expect(page.contains("R-003") && page.contains("R-013") && page.contains("not any more"))
        #expect(!Results.page(tally.total == 0 ? tally : ReportTally()).contains("changed severity"))
    }

    static let hostile = [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'onmouseover='alert(1)", "</style><script>",
        "\u{202E}gnp.exe", "a\u{0}b\u{7}c\u{1B}[31m", "&lt;script&gt;", "javascript:alert(1)",
    ]

    @Test("hostile text is text, wherever it stands", arguments: hostile)
    func inert(_ text: String) throws {
        var tally = ReportTally()
        tally.add(try Results.result(reference: text, name: text, organisation: text))
        tally.add(try Results.result(.rejected, reference: text, organisation: text, rule: "R-107", value: text))
        tally.add(try Results.result(.deferred, reference: text, rule: "R-087", value: text))
        var facts = Results.facts()
        (facts.subject, facts.batchID, facts.host) = (text, text, text)
        facts.files = [ReportFacts.File(name: text)]
        let page = Results.page(tally, facts)
        #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("</style><script"))
        #expect(page.ranges(of: "</style>").count == 1)
        #expect(
            !page.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0x1B || $0.value == 7 || $0.value == 0 }
        )
        #expect(!page.contains("'onmouseover"))
    }

    @Test("no markup but ours: no script, no link, no source, no handler")
    func noReach() throws {
        var tally = ReportTally()
        tally.add(try Results.result())
        let page = Results.page(tally).lowercased()
        for word in [
            "<script", "<link", "<img", "<iframe", "src=", "href=", "url(", "@import", " onload",
            "http-equiv=\"refresh",
        ] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    }

    @Test("100,000 results, every text hostile, give a page of less than 300 kB and bounded tallies")
    func size() throws {
        var tally = ReportTally()
        let long = String(repeating: "<\u{202E}&\"", count: 2_000)
        let refused = try Results.result(.rejected, reference: long, organisation: long, rule: "R-107", value: long)
        let accepted = try Results.result(reference: long, name: long)
        for number in 0..<100_000 {
            var result = number % 3 == 0 ? refused : accepted
            result.organisationID = "org\(number)"
            tally.add(result)
        }
        for number in 0..<1_000 {
            tally.add(try Results.result(.deferred, rule: "R-087", value: "\(number)\(long)"))
        }
        #expect(tally.refusals.count == 100)
        #expect(tally.organisations.count == ReportTally.organisationLimit)
        #expect(tally.waits.count == ReportTally.waitLimit)
        #expect(tally.total == 101_000)
        let page = Results.page(tally)
        #expect(page.utf8.count < 300_000, "\(page.utf8.count)")
    }

    @Test("throughput is drawn from zero, and not at all where there is nothing to draw")
    func pace() throws {
        var facts = Results.facts()
        #expect(!Results.page(ReportTally(), facts).contains("<svg"))
        facts.pace = [
            ReportFacts.Sample(milliseconds: 500, answered: 700),
            ReportFacts.Sample(milliseconds: 1000, answered: 1500),
        ]
        let page = Results.page(ReportTally(), facts)
        #expect(
            page.contains("<svg") && page.contains(">0</text>") && page.contains("1,500 requests a second over 1.0 s")
        )
        facts.pace = [ReportFacts.Sample(milliseconds: 0, answered: 5)]
        #expect(!Results.page(ReportTally(), facts).contains("<svg"))
    }
}
