import Encoding
import Glibc
import Simulator
import Testing

@Suite("metrics")
struct MetricsTests {
    /// The samples of a page by their names and labels.
    private func samples(_ page: String) -> [String: String] {
        var samples: [String: String] = [:]
        for line in page.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            #expect(words.count == 2, "\(line)")
            if words.count == 2 { samples[String(words[0])] = String(words[1]) }
        }
        return samples
    }

    @Test("status --metrics tells an installation with nothing there")
    func nothing() throws {
        let result = try Site().runAsOf("status", "--metrics")
        #expect(result.code == 0, "\(result.errors)")
        #expect(samples(result.output)["counterfoil_ready"] == "0")
    }

    @Test("counters go on from run to run, and agree with what was done")
    func counters() throws {
        let site = try Site()
        _ = try site.refresh()
        let before = samples(try site.runAsOf("status", "--metrics").output)
        #expect(before["counterfoil_ready"] == "1")
        #expect(before["counterfoil_refresh_total{class=\"directory\",result=\"updated\"}"] == "2")
        #expect(before["counterfoil_cache_events_total{event=\"key.added\"}"] != nil)
        try site.drop(stem: "good")
        try site.drop(.foreignRedirect, stem: "wrong", number: 1)
        #expect(try site.runAsOf("process").code == 0)
        try site.drop(.foreignRedirect, stem: "again", number: 2)
        #expect(try site.runAsOf("process").code == 0)
        _ = try site.refresh()
        let after = samples(try site.runAsOf("status", "--metrics").output)
        #expect(after["counterfoil_requests_total{outcome=\"accepted\"}"] == "1")
        #expect(after["counterfoil_requests_total{outcome=\"rejected\"}"] == "2")
        let refusals = after.filter { $0.key.hasPrefix("counterfoil_rejections_total{") }
        #expect(refusals.values.compactMap { Int($0) }.reduce(0, +) == 2, "\(refusals)")
        #expect(after["counterfoil_requests_by_certificate_total{outcome=\"accepted\",profile=\"obwac\"}"] == "1")
        #expect(after["counterfoil_requests_by_certificate_total{outcome=\"rejected\",profile=\"obwac\"}"] == "2")
        for stage in ["judge", "decide", "stage", "commit", "publish"] {
            #expect(after["counterfoil_stage_duration_seconds_count{stage=\"\(stage)\"}"] == "2", "\(stage)")
        }
        for role in ["anchor", "issuer", "directory_signing"] {
            let end = after["counterfoil_certificate_not_after_timestamp_seconds{role=\"\(role)\"}"]
            #expect((Int(end ?? "") ?? 0) > 1_780_000_000, "\(role)")
        }
        #expect(after["counterfoil_passes_total"] == "2")
        #expect(after["counterfoil_pass_duration_seconds_count"] == "2")
        #expect(after["counterfoil_refresh_total{class=\"directory\",result=\"unchanged\"}"] == "2")
        #expect(after["counterfoil_spool_files{folder=\"incoming\"}"] == "0")
        for (name, value) in before where name.contains("_total") || name.contains("_bucket") {
            #expect((Int(after[name] ?? "") ?? -1) >= (Int(value) ?? 0), "\(name)")
        }
    }

    @Test("the client certificate's end is told where it can be read, and warned of like that of an authority")
    func client() throws {
        let client = "client_certificate: client.pem, client_key: client.key"
        let site = try Site(["directory": "{keystore: \"https://localhost:1\", \(client)}"])
        _ = try site.refresh()
        let name = "counterfoil_certificate_not_after_timestamp_seconds{role=\"client\"}"
        #expect(samples(try site.runAsOf("status", "--metrics").output)[name] == nil)
        try site.folder.write(try #require(try site.make().certificate), to: "client.pem")
        let end = try #require(samples(try site.runAsOf("status", "--metrics").output)[name].flatMap { Int64($0) })
        #expect(end > 1_780_000_000)
        let late = try site.run("status", "--as-of", Timestamp.rfc3339(end - 86_400))
        #expect(
            late.output.contains("The client certificate ") && late.output.contains(" expires in "),
            "\(late.output)"
        )
        #expect(late.output.contains("replace the files directory.client_certificate and"), "\(late.output)")
    }

    @Test("a failure is counted by its name")
    func failures() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.folder.remove(site.softwareFile(0))
        _ = try site.refresh()
        let page = samples(try site.runAsOf("status", "--metrics").output)
        #expect(page["counterfoil_refresh_failures_total{code=\"mirror_missing\"}"] == "1")
        #expect(page["counterfoil_refresh_total{class=\"software\",result=\"unreachable\"}"] == "1")
    }

    /// A site that answered a good request and a wrong one.
    private func worked() throws -> Site {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        try site.drop(.foreignRedirect, stem: "wrong", number: 1)
        _ = try site.runAsOf("process")
        return site
    }

    @Test("promtool finds nothing wrong with a page and the alert rules")
    func promtool() throws {
        let tool = "/usr/bin/promtool"
        guard access(tool, X_OK) == 0 else {
            print("skipped: promtool (package prometheus) is not installed")
            return
        }
        let site = try worked()
        try site.folder.write(try site.runAsOf("status", "--metrics").output, to: "page.prom")
        let check = try Running(words: ["sh", "-c", "\(tool) check metrics < page.prom"], in: site.folder).wait()
        #expect(check.code == 0, "\(check.output)\(check.errors)")
        #expect(check.errors.isEmpty && check.output.isEmpty, "\(check.output)\(check.errors)")
        let rules = "\(Package.folder)/etc/prometheus/counterfoil.rules.yml"
        let checked = try Running(words: [tool, "check", "rules", rules], in: site.folder).wait()
        #expect(checked.code == 0, "\(checked.output)\(checked.errors)")
        #expect(checked.output.contains("SUCCESS"))
    }

    @Test("every panel of the dashboard draws something from a real page, by Prometheus' own word")
    func dashboard() throws {
        let tool = "/usr/bin/promtool"
        guard access(tool, X_OK) == 0 else {
            print("skipped: promtool (package prometheus) is not installed")
            return
        }
        let site = try worked()
        try site.folder.remove(site.softwareFile(0))
        _ = try site.refresh()
        // Only a site without a network has a bundle.
        let page =
            try site.runAsOf("status", "--metrics").output + "counterfoil_bundle_expires_timestamp_seconds 1800000000\n"
        let series = samples(page).map { name, value in
            let head = name.hasSuffix("}") ? "\(name.dropLast())," : "\(name){"
            return "      - {series: '\(head)instance=\"here\"}', values: '\(value)+1x60'}\n"
        }
        let document = JSONDocument(limits: .result)
        try document.parse(ByteSlice(try ConsoleDocument.text("etc/grafana/counterfoil.json")))
        let queries = try #require(document.root["panels"]).elements.flatMap { panel in
            (panel["targets"].map { Array($0.elements) } ?? []).compactMap { $0["expr"]?.text?.string }
        }
        #expect(queries.count > 20)
        let tests = queries.map { query in
            let filled = query.replacing("$__rate_interval", with: "5m").replacing("$instance", with: ".*")
            return
                "      - {expr: 'count(\(filled)) > bool 0', eval_time: 30m, exp_samples: [{labels: '{}', value: 1}]}\n"
        }
        let file =
            "rule_files: []\ntests:\n  - interval: 1m\n    input_series:\n\(series.sorted().joined())"
            + "    promql_expr_test:\n\(tests.joined())"
        try site.folder.write(file, to: "panels.yml")
        let result = try Running(words: [tool, "test", "rules", "panels.yml"], in: site.folder).wait()
        #expect(result.code == 0 && result.output.contains("SUCCESS"), "\(result.output)\(result.errors)")
    }

    @Test("the alerts for passes and results come when they should, by Prometheus' own word")
    func alerts() throws {
        let tool = "/usr/bin/promtool"
        guard access(tool, X_OK) == 0 else {
            print("skipped: promtool (package prometheus) is not installed")
            return
        }
        // By alert: what is seen from minute to minute, and whether it has come after 120 of them.
        let rows: [(alert: String, series: [String], comes: Bool)] = [
            ("CounterfoilPassesFail", ["counterfoil_failed_passes_in_a_row 2+0x120"], false),
            ("CounterfoilPassesFail", ["counterfoil_failed_passes_in_a_row 2+0x100 3+0x19"], true),
            ("CounterfoilPassFailed", ["counterfoil_last_failed_pass_timestamp_seconds 3540+0x120"], false),
            ("CounterfoilPassFailed", ["counterfoil_last_failed_pass_timestamp_seconds 3660+0x120"], true),
            ("CounterfoilNoGoodPass", ["counterfoil_last_good_pass_timestamp_seconds 3600+0x120"], false),
            ("CounterfoilNoGoodPass", ["counterfoil_last_good_pass_timestamp_seconds 3240+0x120"], true),
            (
                "CounterfoilNoGoodPass",
                ["counterfoil_last_good_pass_timestamp_seconds 0+0x120", "counterfoil_spool_paused 1+0x120"], false
            ),
            (
                "CounterfoilNoGoodPass",
                ["counterfoil_last_good_pass_timestamp_seconds 0+0x120", "counterfoil_spool_paused 0+0x120"], true
            ),
            ("CounterfoilResultsLost", ["counterfoil_results_lost 0+0x120"], false),
            ("CounterfoilResultsLost", ["counterfoil_results_lost 0+0x119 1"], true),
        ]
        let folder = try TemporaryFolder()
        var text = "rule_files: [\(Package.folder)/etc/prometheus/counterfoil.rules.yml]\ntests:\n"
        for row in rows {
            text += "  - interval: 1m\n    input_series:\n"
            for series in row.series {
                let parts = series.split(separator: " ", maxSplits: 1)
                text += "      - {series: '\(parts[0]){instance=\"here\"}', values: '\(parts[1])'}\n"
            }
            text +=
                "    promql_expr_test:\n      - expr: count(ALERTS{alertname=\"\(row.alert)\",alertstate=\"firing\"})"
            text += " or vector(0)\n        eval_time: 120m\n"
            text += "        exp_samples: [{labels: '{}', value: \(row.comes ? 1 : 0)}]\n"
        }
        try folder.write(text, to: "alerts.yml")
        let result = try Running(words: [tool, "test", "rules", "alerts.yml"], in: folder).wait()
        #expect(result.code == 0 && result.output.contains("SUCCESS"), "\(result.output)\(result.errors)")
    }

    @Test(
        "passes that end early are seen: counted by name, in a row, in the file and by status, until one goes through"
    )
    func earlyEnds() throws {
        let metrics = "{textfile: shown/counterfoil.prom}"
        let full = ["metrics": metrics, "spool": "{path: spool, min_free: 1024GiB}"]
        let site = try Site(full)
        try site.folder.write("", to: "shown/.keep")
        #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        try site.drop(stem: "good")
        for number in 1...3 {
            #expect(try site.run("process").code == 75)
            let page = samples(try site.folder.text("shown/counterfoil.prom"))
            #expect(page["counterfoil_pass_failures_total{code=\"spool_disk_low\"}"] == "\(number)")
            #expect(page["counterfoil_failed_passes_in_a_row"] == "\(number)")
            #expect(page["counterfoil_last_failed_pass_timestamp_seconds"] != nil)
            #expect(page["counterfoil_last_good_pass_timestamp_seconds"] == nil)
            #expect(page["counterfoil_health{part=\"work\"}"] == (number < 3 ? "1" : "2"))
        }
        let status = try site.run("status")
        #expect(status.output.contains("The last 3 passes ended early"), "\(status.output)")
        #expect(status.output.contains("(spool_disk_low); none went through yet."), "\(status.output)")
        try site.configure(["metrics": metrics])
        try site.folder.write("", to: "spool/control/pause")
        #expect(try site.run("process").code == 75)
        #expect(try site.run("status", "--json").output.contains("\"in_a_row\":3"))
        try site.folder.remove("spool/control/pause")
        #expect(try site.run("process").code != 75)
        let page = samples(try site.folder.text("shown/counterfoil.prom"))
        #expect(page["counterfoil_failed_passes_in_a_row"] == "0")
        #expect(page["counterfoil_pass_failures_total{code=\"spool_disk_low\"}"] == "3")
        #expect(page["counterfoil_pass_failures_total{code=\"spool_paused\"}"] == "1")
        #expect(page["counterfoil_health{part=\"work\"}"] == "0")
        #expect(page["counterfoil_last_good_pass_timestamp_seconds"] != nil)
        // An idle pass goes through too.
        let later = Int64(time(nil)) + 60
        let asOf = Timestamp.rfc3339(later)
        #expect(try site.run("process", "--as-of", asOf).code == 0)
        let idle = samples(try site.run("status", "--metrics", "--as-of", asOf).output)
        #expect(idle["counterfoil_last_good_pass_timestamp_seconds"] == "\(later)")
        #expect(idle["counterfoil_passes_total"] == "1")
    }

    @Test("process and refresh leave the file, whole, for everybody, and nothing beside it")
    func textfile() throws {
        let site = try Site(["metrics": "{textfile: shown/counterfoil.prom}"])
        try site.folder.write("", to: "shown/.keep")
        #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
        #expect(samples(try site.folder.text("shown/counterfoil.prom"))["counterfoil_snapshot_generation"] != nil)
        #expect(try site.folder.mode("shown/counterfoil.prom") == 0o644)
        #expect(try site.run("process").code == 0)
        let page = samples(try site.folder.text("shown/counterfoil.prom"))
        #expect(page["counterfoil_ledger_clients"] == "0")
        #expect(try site.folder.mode("shown/counterfoil.prom") == 0o644)
        #expect(site.folder.names("shown") == [".keep", "counterfoil.prom"])
    }

    @Test("a file that cannot be written costs nothing but a message")
    func textfileFails() throws {
        let site = try Site(["metrics": "{textfile: nowhere/counterfoil.prom}"])
        _ = try site.refresh()
        let result = try site.run("process")
        #expect(result.code == 3 || result.code == 0)
        #expect(result.errors.contains("nowhere/counterfoil.prom: metrics cannot be written: "), "\(result.errors)")
        #expect(result.errors.contains("what to do: check metrics.textfile"))
    }
}
