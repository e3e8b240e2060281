import Encoding
import Glibc
import OpenBanking
import Operations
import Testing

@Suite("The configuration")
struct ConfigurationTests {
    private func read(_ text: String, file: String = "/etc/counterfoil/c.yaml") throws -> Configuration {
        try ConfigurationReader.read(text: text, file: file)
    }

    private func withoutOrigin(_ configuration: Configuration) -> Configuration {
        var copy = configuration
        copy.origin = ConfigurationOrigin()
        return copy
    }

    @Test("is all default for an empty file", arguments: ["", "# nothing\n", "---\n", "process:\npolicy:\n", "{}"])
    func empty(_ text: String) throws {
        #expect(withoutOrigin(try read(text)) == Configuration())
    }

    @Test("is shown whole by the example file, which reads as the defaults")
    func example() throws {
        if getenv("COUNTERFOIL_WRITE_EXAMPLE") != nil {
            try PackageFolder.write(ConfigurationExample.text, to: "etc/counterfoil.example.yaml")
        }
        let text = try PackageFolder.text("etc/counterfoil.example.yaml")
        #expect(text == ConfigurationExample.text)
        let configuration = try read(text)
        #expect(withoutOrigin(configuration) == Configuration())
        let keys = Configuration().entries.filter { $0.value != nil }.map(\.path)
        #expect(keys.allSatisfy { configuration.origin.lines[$0] != nil })
        #expect(Set(keys).count == keys.count)
    }

    @Test("documents each property as its comment in the example")
    func comments() throws {
        let folder = "Sources/Operations/Configuration"
        let files = [
            "Directory", "Trust", "Refresh", "Spool", "Process", "Policy", "Ledger", "Log", "Metrics", "Hooks", "Alert",
        ]
        for file in files {
            let source = try PackageFolder.text("\(folder)/\(file)Settings.swift")
            let comments = Self.propertyComments(source)
            let section = file == "Alert" ? "alerts" : file.lowercased()
            let notes = Configuration().entries.filter { $0.depth == 1 && $0.path.hasPrefix("\(section).") }.map(\.note)
            #expect(comments == notes, "\(file)Settings")
        }
    }

    /// The documentation of each `package var` with a default or a type, in order, joined to one line.
    private static func propertyComments(_ source: String) -> [String] {
        var comments: [String] = []
        var words: [Substring] = []
        for line in source.split(separator: "\n").prefix(while: { !$0.contains("init(") }) {
            let line = line.drop { $0 == " " }
            if line.hasPrefix("///") {
                words += line.dropFirst(3).split(separator: " ")
            } else {
                if line.hasPrefix("package var") { comments.append(words.joined(separator: " ")) }
                words = []
            }
        }
        return comments
    }

    @Test("takes every kind of value")
    func values() throws {
        let configuration = try read(
            """
            environment: production
            directory: {issuer: no, client_key: "credential:k", client_certificate: certs/c.pem}
            process: {workers: 8, drain: 1500ms}
            refresh:
              max_body: 512KiB
              classes: {crl: {every: 30m}}
            policy:
              profile: 3.4
              audiences: [0015800001, "https://bank.test"]
              request_algorithms: [PS256, RS256]
              overrides: {R-013: error, R-003: off}
              membership: chain-only
              fapi: false
            alerts: {deferred: [5, 6]}
            ledger: {path: ./data/l.sqlite}
            """
        )
        #expect(configuration.environment == .production)
        #expect(configuration.directory.issuer == "no")
        #expect(configuration.directory.clientKey == .credential("k"))
        #expect(configuration.directory.clientKey.path(credentials: "/run/c") == "/run/c/k")
        #expect(configuration.directory.clientCertificate == .path("/etc/counterfoil/certs/c.pem"))
        #expect(configuration.directory.jwks == "https://keystore.openbanking.org.uk/keystore/openbanking.jwks")
        #expect(configuration.directory.allowHosts == ["keystore.openbanking.org.uk"])
        #expect(configuration.process.workers == 8)
        #expect(configuration.process.drain == .milliseconds(1500))
        #expect(!configuration.policy.fapi)
        #expect(configuration.refresh.maxBody.bytes == 524_288)
        #expect(configuration.refresh.classes.crl == ListFreshness(every: .minutes(30)))
        #expect(configuration.policy.profile == .v34)
        #expect(configuration.policy.audiences == ["0015800001", "https://bank.test"])
        #expect(configuration.policy.requestAlgorithms == [.ps256, .rs256])
        #expect(
            configuration.policy.overrides.map { "\($0.rule.name) \($0.severity)" } == ["R-013 error", "R-003 off"]
        )
        #expect(configuration.policy.membership == .chainOnly)
        #expect(configuration.alerts.deferred == Thresholds(warning: 5, critical: 6))
        #expect(configuration.ledger.path == "/etc/counterfoil/data/l.sqlite")
    }

    @Test("follows the keystore with what is not set itself")
    func follows() throws {
        let directory = try read("directory: {keystore: \"https://127.0.0.1:8443/\"}").directory
        #expect(directory.jwks == "https://127.0.0.1:8443/keystore/openbanking.jwks")
        #expect(directory.allowHosts == ["127.0.0.1:8443"])
    }

    @Test(
        "resolves relative paths against its own folder",
        arguments: [
            ("c.yaml", "spool"), ("./c.yaml", "./spool"), ("etc/c.yaml", "etc/spool"), ("/c.yaml", "/spool"),
            ("/etc/c.yaml", "/etc/spool"),
        ]
    )
    func paths(_ file: String, _ path: String) throws {
        #expect(try read("spool: {path: spool}", file: file).spool.path == path)
        #expect(try read("spool: {path: /x}", file: file).spool.path == "/x")
    }

    @Test("tells where each value came from")
    func origin() throws {
        let configuration = try read(
            "process:\n  workers: 8\nrefresh:\n  classes:\n    crl: {every: 30m}\n",
            file: "c.yaml"
        )
        #expect(configuration.origin.origin(of: "process.workers") == "c.yaml:2")
        #expect(configuration.origin.origin(of: "refresh.classes.crl.every") == "c.yaml:5")
        #expect(configuration.origin.origin(of: "process.drain") == "default")
        let text = EffectiveConfiguration(configuration).text
        let lines = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(lines.contains(["process.workers", "8", "c.yaml:2"]))
        #expect(lines.contains(["process.drain", "30s", "default"]))
        #expect(lines.count == configuration.entries.count { $0.value != nil })
        let buffer = ByteBuffer()
        EffectiveConfiguration(configuration).writeJSON(into: buffer)
        let json = JSONDocument(limits: .record)
        try json.parse(buffer.all)
        #expect(json.root["v"]?.integer == 1)
        #expect(json.root["settings"]?.count == lines.count)
        #expect(buffer.all.string.contains(#"{"key":"process.workers","value":8,"origin":"c.yaml:2"}"#))
    }

    @Test("writes any value so that it reads back the same")
    func roundTrip() throws {
        let hard = [
            "null", "no", "0015", "a: b", "x\"y\\z", "#c", "- d", "é", "-", "1.0", "a#b", "a #b", "{x}", "ends:",
        ]
        let list = SettingText.list(hard.map(SettingText.text)).yaml
        #expect(try read("policy: {audiences: \(list)}").policy.audiences == hard)
        for text in hard {
            let yaml = SettingText.text(text).yaml
            #expect(try read("directory:\n  issuer: \(yaml)\n").directory.issuer == text)
        }
    }
}
