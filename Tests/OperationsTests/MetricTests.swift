import Encoding
import Glibc
import OpenBanking
import Testing

@testable import Operations

@Suite("The metrics")
struct MetricTests {
    @Test("docs/METRICS.md is what the code says")
    func document() throws {
        if getenv("COUNTERFOIL_WRITE_EXAMPLE") != nil {
            try PackageFolder.write(MetricDocument.text, to: "docs/METRICS.md")
        }
        #expect(try PackageFolder.text("docs/METRICS.md") == MetricDocument.text)
    }

    @Test("are named as Prometheus wants it", arguments: Metric.allCases)
    func names(_ metric: Metric) {
        #expect(metric.rawValue.hasPrefix("counterfoil_"))
        #expect(metric.rawValue.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "_") })
        #expect((metric.kind == .counter) == metric.rawValue.hasSuffix("_total"))
        #expect(Metric.allCases.count { $0.meaning == metric.meaning } == 1)
        #expect(metric.meaning.hasSuffix(".") && !metric.meaning.contains("\n"))
        #expect(metric.values.isEmpty == metric.labels.isEmpty)
        let foreign = ["org", "organisation", "kid", "file", "path", "url", "source", "software", "client"]
        #expect(Set(metric.labels).isDisjoint(with: foreign))
    }

    @Test("appear with HELP and TYPE once, in the order of the table, labels escaped")
    func exposition() {
        var page = Exposition()
        page.add(.requests, "rejected", value: 2)
        page.add(.ready, value: 1)
        page.add(.requests, "accepted", value: 40)
        page.add(.buildInfo, "1", "a\"b\\c\nd", "", "3", value: 1)
        page.add(.spoolNextTry, ifAny: nil)
        page.add(.lastPassDuration, milliseconds: 8100)
        #expect(
            page.text == """
                # HELP counterfoil_build_info \(Metric.buildInfo.meaning)
                # TYPE counterfoil_build_info gauge
                counterfoil_build_info{version="1",openssl="a\\"b\\\\c\\nd",libcurl="",sqlite="3"} 1
                # HELP counterfoil_ready \(Metric.ready.meaning)
                # TYPE counterfoil_ready gauge
                counterfoil_ready 1
                # HELP counterfoil_last_pass_duration_seconds \(Metric.lastPassDuration.meaning)
                # TYPE counterfoil_last_pass_duration_seconds gauge
                counterfoil_last_pass_duration_seconds 8.1
                # HELP counterfoil_requests_total \(Metric.requests.meaning)
                # TYPE counterfoil_requests_total counter
                counterfoil_requests_total{outcome="rejected"} 2
                counterfoil_requests_total{outcome="accepted"} 40

                """
        )
        #expect(Exposition().text.isEmpty)
    }

    @Test(
        "write milliseconds as seconds",
        arguments: [(0, "0"), (1, "0.001"), (250, "0.25"), (1000, "1"), (8100, "8.1"), (-5, "0"), (60_001, "60.001")]
            as [(Int64, String)]
    )
    func seconds(_ milliseconds: Int64, _ text: String) {
        #expect(Exposition.seconds(milliseconds) == text)
    }

    @Test("histograms add up: each bucket holds what is below it, the last one all")
    func histogram() {
        var book = CounterBook()
        for time in [100, 101, 400, 2_000_000] as [Int64] { book.observe(.passDuration, milliseconds: time) }
        var page = Exposition()
        page.add(book)
        let lines = page.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            lines == [
                #"counterfoil_pass_duration_seconds_bucket{le="0.1"} 1"#,
                #"counterfoil_pass_duration_seconds_bucket{le="0.5"} 3"#,
                #"counterfoil_pass_duration_seconds_bucket{le="1"} 3"#,
                #"counterfoil_pass_duration_seconds_bucket{le="5"} 3"#,
                #"counterfoil_pass_duration_seconds_bucket{le="15"} 3"#,
                #"counterfoil_pass_duration_seconds_bucket{le="60"} 3"#,
                #"counterfoil_pass_duration_seconds_bucket{le="300"} 3"#,
                #"counterfoil_pass_duration_seconds_bucket{le="1800"} 3"#,
                #"counterfoil_pass_duration_seconds_bucket{le="+Inf"} 4"#,
                "counterfoil_pass_duration_seconds_sum 2000.601", "counterfoil_pass_duration_seconds_count 4",
            ]
        )
    }

    @Test("counters read back from what a database keeps, and are added to")
    func kept() {
        var book = CounterBook()
        book.count(.rejections, "R-107", by: 3)
        book.count(.passes)
        book.count(.passes, by: 0)
        book.observe(.refreshDuration, "crl", milliseconds: 70)
        book.observe(.refreshDuration, "crl", milliseconds: 70_000)
        let rows = book.rows
        #expect(rows.map(\.name) == rows.map(\.name).sorted())
        var again = CounterBook(rows: rows)
        #expect(again == book)
        again.add(book)
        #expect(again.increments[CounterName(.rejections, ["R-107"])] == 6)
    }

    @Test(
        "a kept name of another version is passed over",
        arguments: [
            "", "counterfoil_gone_total", "counterfoil_rejections_total", "counterfoil_rejections_total R-107 x",
            "counterfoil_pass_duration_seconds", "counterfoil_pass_duration_seconds 7",
            "counterfoil_refresh_duration_seconds sum",
        ]
    )
    func foreign(_ name: String) {
        #expect(CounterName(name) == nil)
        #expect(CounterBook(rows: [(name, 1)]).isEmpty)
    }

    @Test("tell an installation with nothing there, and leave out what is not")
    func nothing() {
        let facts = StatusFacts(version: "1", now: 0, environment: "sandbox")
        let text = MetricPage(facts, alerts: AlertSettings(), versions: [], counters: CounterBook()).text
        #expect(text.contains("\ncounterfoil_ready 0\n"))
        #expect(text.contains(#"counterfoil_health{part="keys"} 2"#))
        #expect(!text.contains("counterfoil_requests_total"))
        #expect(!text.contains("counterfoil_snapshot"))
    }

    @Test("a bundle in use tells half of its life and its end; one whose keys were fetched since is left out")
    func bundle() {
        var keys = KeyFacts(generation: 1, builtAt: 0)
        keys.bundle = BundleFacts(
            repository: "example",
            version: 3,
            created: 1000,
            freshUntil: 2000,
            usableUntil: 3000,
            bringsDirectory: true
        )
        var facts = StatusFacts(version: "1", now: 0, environment: "sandbox")
        facts.keys = keys
        let text = MetricPage(facts, alerts: AlertSettings(), versions: [], counters: CounterBook()).text
        #expect(text.contains("\ncounterfoil_bundle_fresh_until_timestamp_seconds 2000\n"))
        #expect(text.contains("\ncounterfoil_bundle_expires_timestamp_seconds 3000\n"))
        facts.keys?.bundle?.bringsDirectory = false
        let without = MetricPage(facts, alerts: AlertSettings(), versions: [], counters: CounterBook()).text
        #expect(!without.contains("counterfoil_bundle"))
    }

    @Test(
        "a metric of the alert rules and the dashboard exists",
        arguments: ["prometheus/counterfoil.rules.yml", "grafana/counterfoil.json"]
    )
    func used(_ file: String) throws {
        let text = try PackageFolder.text("etc/\(file)")
        let names = Set(text.matches(of: #/counterfoil_[a-z_]+/#).map { String($0.0) })
        #expect(names.count > 10)
        for name in names.sorted() {
            let isKnown = Metric.allCases.contains { metric in
                switch metric.kind {
                case .histogram: ["_bucket", "_sum", "_count"].contains { name == metric.rawValue + $0 }
                default: name == metric.rawValue
                }
            }
            #expect(isKnown, "\(name)")
        }
    }

    @Test("the dashboard is JSON whose panels do not overlap and have a query each")
    func dashboard() throws {
        let document = JSONDocument(limits: .record)
        try document.parse(ByteSlice(try PackageFolder.text("etc/grafana/counterfoil.json")))
        var taken: Set<[Int64]> = []
        for panel in try #require(document.root["panels"]).elements {
            let place = try #require(panel["gridPos"])
            func number(_ name: StaticString) -> Int64 { place[name]?.integer ?? -1 }
            #expect(number("x") >= 0 && number("x") + number("w") <= 24)
            for x in number("x")..<number("x") + number("w") {
                for y in number("y")..<number("y") + number("h") { #expect(taken.insert([x, y]).inserted) }
            }
            #expect((panel["targets"]?.count ?? 0) > 0)
        }
        #expect(taken.count > 100)
    }
}
