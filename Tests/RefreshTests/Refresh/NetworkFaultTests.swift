import Fetch
import Glibc
import KeyCache
import Testing

@testable import Refresh

/// The whole way over a real nginx: a good set, then a fault at the same URL, then the good set again.
@Suite("Over the network", .enabled(if: Nginx.isInstalled, "skipped: nginx (package nginx-light) is not installed"))
struct NetworkFaultTests {
    struct Row: CustomTestStringConvertible, Sendable {
        /// The flag file that switches the fault on, and the code expected.
        var fault: String
        var code: String
        var outcome = RefreshOutcome.unreachable
        var testDescription: String { fault }
    }

    static let rows = [
        Row(fault: "500", code: "status_500"),
        Row(fault: "503", code: "status_503"),
        Row(fault: "404", code: "status_404"),
        Row(fault: "410", code: "status_410"),
        Row(fault: "429", code: "status_429"),
        Row(fault: "204", code: "status_204"),
        Row(fault: "302", code: "redirect"),
        Row(fault: "html", code: "jwks.json", outcome: .invalid),
        Row(fault: "frozen", code: "connect_timeout"),
        Row(fault: "wrong-ca", code: "tls_verify"),
    ]

    private static let servers = """
          server {
            listen 127.0.0.1:$port ssl; server_name keystore.test;
            ssl_certificate good.pem; ssl_certificate_key good.key;
            gzip on; gzip_types application/json; gzip_min_length 1;
            error_page 418 = @html;
            location / {
              if (-f $document_root/500) { return 500 '{"keys":[]}'; }
              if (-f $document_root/503) { add_header Retry-After 1000 always; return 503; }
              if (-f $document_root/404) { return 404; }
              if (-f $document_root/410) { return 410; }
              if (-f $document_root/429) { return 429; }
              if (-f $document_root/204) { return 204; }
              if (-f $document_root/302) { return 302 https://keystore.test:$port/evil.jwks; }
              if (-f $document_root/html) { return 418; }
            }
            location @html { return 200 '<html>Please log in</html>'; }
          }
        """

    private func serve(_ fixture: RefreshFixture, port: Int? = nil) throws -> Nginx {
        try fixture.folder.write("ca.pem", fixture.authority.certificate)
        try fixture.folder.write("www/org/soft.jwks", TestKeys.ab)
        try fixture.folder.write("www/evil.jwks", TestKeys.set([TestKeys.c]))
        let nginx = try Nginx(
            servers: Self.servers,
            identities: ["good": try fixture.authority.issue(["keystore.test"])],
            folder: fixture.folder
        )
        allow(fixture, port: nginx.port, authority: "ca.pem")
        return nginx
    }

    private func allow(_ fixture: RefreshFixture, port: Int, authority: String) {
        fixture.settings = FetchSettings(
            hosts: [
                HostRule(
                    name: "keystore.test",
                    ports: [UInt16(port)],
                    reach: .loopback,
                    authorityFile: "\(fixture.folder.path)/\(authority)",
                    addresses: ["127.0.0.1"]
                )
            ],
            timeoutMilliseconds: FaultBench.ample,
            connectTimeoutMilliseconds: FaultBench.ample,
            slowBytesPerSecond: 0
        )
    }

    @Test("the last good key outlives the fault", arguments: rows)
    func outlives(_ row: Row) throws {
        let fixture = try RefreshFixture()
        let nginx = try serve(fixture)
        let url = "https://keystore.test:\(nginx.port)/org/soft.jwks"
        try fixture.add(url, .software, software: "soft")
        #expect(try fixture.networkPass().run(.due).lines.map(\.reason) == ["+2 keys"])

        fixture.now += 900
        switch row.fault {
        case "frozen":
            kill(nginx.process, SIGSTOP)
            fixture.settings.connectTimeoutMilliseconds = 300
        case "wrong-ca":
            try fixture.folder.write("other.pem", try TestAuthority("Another CA").certificate)
            allow(fixture, port: nginx.port, authority: "other.pem")
        default: try fixture.folder.write("www/\(row.fault)", "")
        }
        let line = try #require(try fixture.networkPass().run(.due).lines.first)
        #expect(line.code == row.code)
        #expect(line.outcome == row.outcome)
        #expect(try fixture.isUsable("A", at: url))
        #expect(try !fixture.isUsable("C", at: url))
        let source = try #require(try fixture.store.source(url))
        #expect(source.failureCount == 1)
        #expect(source.lastError == row.code)
        if row.fault == "503" { #expect(source.nextDue == fixture.now + 1000) }

        kill(nginx.process, SIGCONT)
        fixture.folder.delete("www/\(row.fault)")
        allow(fixture, port: nginx.port, authority: "ca.pem")
        fixture.now += 1000
        let healed = try #require(try fixture.networkPass().run(.due).lines.first)
        #expect(healed.outcome == .unchanged)
        #expect(healed.reason == "304")
        #expect(nginx.accessLog.allSatisfy { !$0.contains("evil") })
    }

    @Test("an unchanged set costs a 304, a changed one a body")
    func conditional() throws {
        let fixture = try RefreshFixture()
        let nginx = try serve(fixture)
        let url = "https://keystore.test:\(nginx.port)/org/soft.jwks"
        try fixture.add(url, .software, software: "soft")
        var reasons: [String] = []
        for turn in 0..<4 {
            // Of another length: nginx makes its ETag of the file's second and size.
            if turn == 2 {
                try fixture.folder.write("www/org/soft.jwks", TestKeys.set([TestKeys.a, TestKeys.c]) + " ")
            }
            reasons += try fixture.networkPass().run(.due).lines.map(\.reason)
            fixture.now += 900
        }
        #expect(reasons == ["+2 keys", "304", "+1 key, -1 key", "304"])
        #expect(nginx.accessLog(lines: 4).map { $0.split(separator: " ")[2] } == ["200", "304", "200", "304"])
    }
}
