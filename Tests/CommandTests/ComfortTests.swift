import Testing

@Suite("comforts")
struct ComfortTests {
    @Test("config init writes a file that is all default and can be checked, and never replaces one")
    func configInit() throws {
        let site = try Site()
        try site.folder.remove("counterfoil.yaml")
        let result = try site.run("config", "init", "first.yaml", "--environment", "production")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output == "wrote first.yaml\n")
        // What the umask of the tests leaves of 0640: nobody else may read it, and no group may write it.
        #expect(try site.folder.mode("first.yaml") & 0o137 == 0)
        let text = try site.folder.text("first.yaml")
        #expect(text.contains("\nenvironment: production\n"))
        #expect(text.contains("\n  #workers: 0\n"))
        #expect(try site.run("config", "show", "--config", "first.yaml").output.hasPrefix("environment  production"))
        let again = try site.run("config", "init", "first.yaml")
        #expect(again.code == 64)
        #expect(again.errors.hasPrefix("first.yaml: is there already, and is left as it is\n  what to do: "))
        #expect(try site.folder.text("first.yaml") == text)
        #expect(!site.folder.names("").contains { $0.hasSuffix(".draft") })
        #expect(try site.run("config", "init", "nowhere/first.yaml").errors.contains("cannot be written: no such file"))
    }

    @Test("a draft with every value put back is the whole configuration at its defaults")
    func draft() throws {
        let site = try Site()
        _ = try site.run("config", "init", "first.yaml")
        let whole = try site.folder.text("first.yaml").split(separator: "\n", omittingEmptySubsequences: false).map {
            line in
            let body = line.drop { $0 == " " }
            guard body.first == "#", body.dropFirst().first != " ", body.count > 1 else { return String(line) }
            return String(line.prefix(line.count - body.count) + body.dropFirst())
        }
        try site.folder.write(whole.joined(separator: "\n"), to: "whole.yaml")
        let shown = try site.run("config", "show", "--effective", "--config", "whole.yaml")
        #expect(shown.code == 0, "\(shown.errors)")
        #expect(!shown.output.contains("  default\n"), "\(shown.output)")
    }

    @Test("config explain tells what a setting does, may be and is, and who said so")
    func configExplain() throws {
        let site = try Site()
        #expect(
            try site.run("config", "explain", "process.workers").output == """
                process.workers
                  Threads that validate; 0 is one per CPU.
                  allowed   0 to 1024
                  default   0
                  in force  2   (counterfoil.yaml:8)

                """
        )
        #expect(try site.run("config", "explain", "workers").output.hasPrefix("process.workers\n"))
        let section = try site.run("config", "explain", "alerts").output
        #expect(section.contains("\n  alerts.deferred ") && section.contains("[10, 1000]"), "\(section)")
        let slip = try site.run("config", "explain", "proces.workers")
        #expect(slip.code == 64)
        #expect(slip.errors.contains("did you mean \"process.workers\"?"), "\(slip.errors)")
        let several = try site.run("config", "explain", "every")
        #expect(several.code == 64)
        #expect(several.errors.contains("refresh.classes.crl.every"))
        let json = try site.run("config", "explain", "metrics.every", "--json").output
        #expect(
            json.hasPrefix("{\"v\":1,\"settings\":[{")
        )
    }

    @Test("a slip in a policy's word or a rule's id is told with what was probably meant")
    func suggestions() throws {
        let site = try Site()
        let text = "trust:\n  crl: requird\npolicy:\n  overrides: {R-13: error, R-013: eror}\n"
        try site.folder.write(text, to: "counterfoil.yaml")
        let result = try site.run("config", "check")
        #expect(result.code == 78)
        #expect(result.errors.contains("found \"requird\"; did you mean require?"), "\(result.errors)")
        #expect(result.errors.contains("found \"R-13\"; did you mean R-013?"), "\(result.errors)")
        #expect(result.errors.contains("found \"eror\"; did you mean error?"), "\(result.errors)")
        let rule = try site.run("rules", "107")
        #expect(rule.code == 64)
        #expect(rule.errors.contains("there is no rule \"107\"; did you mean R-107?"), "\(rule.errors)")
        #expect(try site.run("rules", "r-107").code == 0)
    }

    @Test("needs-refresh answers by its exit code: 0 needed, 1 not, 255 unknown")
    func needsRefresh() throws {
        let site = try Site()
        #expect(try site.runAsOf("needs-refresh").code == 0)
        _ = try site.refresh()
        let result = try site.runAsOf("needs-refresh")
        #expect(result.code == 1)
        #expect(result.output.isEmpty && result.errors.isEmpty)
        #expect(try site.runAsOf("needs-refresh", "--within", "24h").code == 0)
        #expect(try site.runAsOf("needs-refresh", "--json").output == "{\"v\":1,\"needed\":false,\"due\":0}\n")
        try site.folder.write("workerz: 3\n", to: "counterfoil.yaml")
        #expect(try site.runAsOf("needs-refresh").code == 255)
    }

    @Test("status --check takes limits of its own, and calls what it does not know UNKNOWN")
    func limits() throws {
        let site = try Site()
        _ = try site.refresh()
        _ = try site.runAsOf("process")
        let old = ["status", "--check", "--as-of", "2026-11-22T02:00:00Z"]
        #expect(try Program.run(old, in: site.folder).code == 1)
        let wide = ["-w", "key_age=4h", "-w", "stale_sources=100", "--critical", "stale_sources=200"]
        let result = try Program.run(old + wide, in: site.folder)
        #expect(result.code == 0, "\(result.output)")
        #expect(result.output.contains("key_age=7200s;14400;86400"), "\(result.output)")
        let unknown = try Program.run(old + ["-w", "defered=3"], in: site.folder)
        #expect(unknown.code == 3)
        #expect(unknown.output.contains("did you mean \"deferred\"?"), "\(unknown.output)")
        #expect(try Program.run(old + ["-w", "deferred=soon"], in: site.folder).code == 3)
        #expect(try Program.run(old + ["-w", "deferred"], in: site.folder).code == 64)
        let time = ["--as-of", "2026-11-22T02:00:00Z"]
        let plugin = ["\(Package.folder)/etc/nagios/check_counterfoil", "-w", "key_age=1s", "-c", "key_age=2s"] + time
        let checked = try Running(words: plugin, in: site.folder, ["COUNTERFOIL": Program.path]).wait()
        #expect(checked.code == 2, "\(checked.output)\(checked.errors)")
    }

    @Test("status --watch draws again until it is told to stop")
    func watch() throws {
        let site = try Site()
        _ = try site.refresh()
        let watching = try Running(["status", "--watch", "1"], in: site.folder)
        let isSeen = watching.waits {
            ((try? site.folder.text(".out.\(watching.number)")) ?? "").ranges(of: "KEYS ").count > 1
        }
        #expect(isSeen)
        watching.signal(2)
        #expect(try watching.wait().code == 130)
        #expect(try site.run("status", "5").code == 64)
        #expect(try site.run("status", "--watch", "0").code == 64)
    }

    @Test("wait --drained ends when nothing is left to take")
    func drained() throws {
        let site = try Site()
        _ = try site.refresh()
        #expect(try site.runAsOf("wait", "--drained", "--timeout", "0s").code == 0)
        try site.drop(stem: "good")
        let late = try site.runAsOf("wait", "--drained", "--timeout", "0s")
        #expect(late.code == 75)
        #expect(late.errors.hasPrefix("counterfoil: 2 files are not answered yet"), "\(late.errors)")
        let both = ["wait", "--drained", "--fresh", "--timeout", "30m", "--as-of", Site.asOf]
        let waiting = try Running(both, in: site.folder)
        #expect(try site.runAsOf("process").code == 0)
        #expect(try waiting.wait().code == 0)
        #expect(try site.runAsOf("wait", "--drained", "--json").output.contains("\"drained\":true"))
    }

    @Test("process --progress plain tells nothing of a short run, and redraws nothing where nobody looks")
    func progress() throws {
        let site = try Site()
        _ = try site.refresh()
        try site.drop(stem: "good")
        let result = try site.runAsOf("process", "--progress", "plain")
        #expect(result.code == 0)
        #expect(result.errors.isEmpty, "\(result.errors)")
        #expect(!result.output.contains("\u{1B}"))
    }

    @Test("hooks.after_change runs a program with the generation, no shell, and only where keys changed")
    func hook() throws {
        let site = try Site(["hooks": "{after_change: hook.sh}"])
        try site.folder.write(
            "#!/bin/sh\necho \"$#:$1:$SECRET\" >> \"$(dirname \"$0\")/hook.log\"\necho told\n",
            to: "hook.sh"
        )
        let mode = try Running(words: ["chmod", "755", "hook.sh"], in: site.folder).wait()
        #expect(mode.code == 0)
        let arguments = ["refresh", "--all", "--mirror", "mirror", "--as-of", Site.asOf]
        let result = try Program.run(arguments, in: site.folder, ["SECRET": "x"])
        #expect(result.code == 0)
        #expect(result.errors == "told\n", "\(result.errors)")
        #expect(try site.folder.text("hook.log") == "1:34:\n")
        _ = try site.refresh()
        #expect(try site.folder.text("hook.log") == "1:34:\n")
    }

    @Test(
        "a hook that fails costs the refresh nothing but a message",
        arguments: [
            ("#!/bin/sh\nexit 3\n", "ended with 3"), ("#!/bin/sh\nkill -9 $$\n", "was ended by signal 9"),
            ("#!/bin/sh\nsleep 600\n", "took longer than 1s and was ended"), ("no program\n", "cannot be started: "),
        ]
    )
    func hookFails(_ script: String, _ words: String) throws {
        // The others need their time, which on a busy machine may be long.
        let limit = words.contains("longer") ? "1s" : "5m"
        let site = try Site(["hooks": "{after_change: hook.sh, timeout: \(limit)}"])
        try site.folder.write(script, to: "hook.sh")
        _ = try Running(words: ["chmod", "755", "hook.sh"], in: site.folder).wait()
        let result = try site.refresh()
        #expect(result.code == 0)
        #expect(result.errors.contains("hook.sh: \(words)"), "\(result.errors)")
    }
}
