import Crypto
import Encoding
import Testing

@testable import Fetch

/// Against a real nginx over real TLS, with a CA made for the test.
@Suite("Over TLS", .enabled(if: Nginx.isInstalled, "skipped: nginx (package nginx-light) is not installed"))
struct TLSTests {
    /// A server with the odd hosts the tests ask for, and settings that reach all of them.
    struct Fixture {
        let authority: TestAuthority
        let nginx: Nginx
        var settings: FetchSettings

        static let hosts = [
            "keystore.test", "expired.test", "other.test", "stranger.test", "client.test", "unlisted.test",
        ]

        init() throws {
            let folder = try TemporaryFolder()
            authority = try TestAuthority()
            let stranger = try TestAuthority("Another CA")
            try folder.write("ca.pem", authority.certificate)
            try folder.write("stranger-ca.pem", stranger.certificate)
            nginx = try Nginx(
                servers: Self.servers,
                identities: [
                    "good": try authority.issue(["keystore.test", "client.test"]),
                    "expired": try authority.issue(["expired.test"], notAfter: 1_767_312_000),
                    "stranger": try stranger.issue(["stranger.test"]),
                    "client": try authority.issue([]),
                ],
                folder: folder
            )
            try folder.write("www/keys.jwks", #"{"keys":[]}"#)
            try folder.write("www/limit.jwks", String(repeating: "x", count: 4096))
            try folder.write("www/over.jwks", String(repeating: "x", count: 4097))
            try folder.writeSparse("www/bomb.jwks", byteCount: 64 << 20)
            let port = UInt16(nginx.port)
            settings = FetchSettings(
                hosts: Self.hosts.dropLast().map { name in
                    HostRule(
                        name: name,
                        ports: [port],
                        reach: .loopback,
                        authorityFile: "\(folder.path)/ca.pem",
                        addresses: ["127.0.0.1"]
                    )
                },
                timeoutMilliseconds: FaultBench.ample,
                connectTimeoutMilliseconds: FaultBench.ample,
                slowBytesPerSecond: 0,
                keySetByteLimit: 4096,
                ratePerHost: 1000
            )
        }

        func url(_ path: String, host: String = "keystore.test") -> String { "https://\(host):\(nginx.port)\(path)" }

        func request(_ path: String, host: String = "keystore.test") -> FetchRequest {
            FetchRequest(url: url(path, host: host), class: .keySet)
        }

        static let servers = """
              ssl_session_tickets off;
              server {
                listen 127.0.0.1:$port ssl; server_name keystore.test other.test;
                ssl_certificate good.pem; ssl_certificate_key good.key;
                gzip on; gzip_types *; gzip_min_length 1; gzip_http_version 1.0;
                location /drip/ { alias www/; gzip off; limit_rate 40; }
                location /redirect { return 302 https://unlisted.test:$port/keys.jwks; }
                location /oops { return 500; }
                location /busy { add_header Retry-After 5 always; return 503; }
              }
              server {
                listen 127.0.0.1:$port ssl; server_name expired.test;
                ssl_certificate expired.pem; ssl_certificate_key expired.key;
              }
              server {
                listen 127.0.0.1:$port ssl; server_name stranger.test;
                ssl_certificate stranger.pem; ssl_certificate_key stranger.key;
              }
              server {
                listen 127.0.0.1:$port ssl; server_name client.test;
                ssl_certificate good.pem; ssl_certificate_key good.key;
                ssl_client_certificate ca.pem; ssl_verify_client on;
              }
            """
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var path = "/keys.jwks"
        var host = "keystore.test"
        var outcome: String
        var testDescription: String { name }
    }

    static let rows = [
        Row(name: "a file", outcome: "body"),
        Row(name: "a body of exactly the limit", path: "/limit.jwks", outcome: "body"),
        Row(name: "a body one byte over, compressed to less", path: "/over.jwks", outcome: "too_large"),
        Row(name: "a gzip bomb", path: "/bomb.jwks", outcome: "too_large"),
        Row(name: "a drip", path: "/drip/limit.jwks", outcome: "too_slow"),
        Row(name: "a redirect", path: "/redirect", outcome: "redirect"),
        Row(name: "404", path: "/none", outcome: "status_404"),
        Row(name: "500", path: "/oops", outcome: "status_500"),
        Row(name: "503", path: "/busy", outcome: "status_503"),
        Row(name: "an expired certificate", host: "expired.test", outcome: "tls_verify"),
        Row(name: "a certificate for another name", host: "other.test", outcome: "tls_verify"),
        Row(name: "a certificate of another CA", host: "stranger.test", outcome: "tls_verify"),
        Row(name: "a host not on the list", host: "unlisted.test", outcome: "not_allowed_host"),
        Row(name: "no client certificate where one is due", host: "client.test", outcome: "status_400"),
    ]

    @Test("an answer is judged", arguments: rows)
    func judged(_ row: Row) throws {
        var fixture = try Fixture()
        if row.outcome == "too_slow" {
            (fixture.settings.slowBytesPerSecond, fixture.settings.slowSeconds) = (1000, 1)
        }
        let fetcher = try Fetcher(fixture.settings)
        #expect(fetcher.code(fixture.request(row.path, host: row.host)) == row.outcome)
        #expect(!fixture.nginx.accessLog.contains { $0.hasPrefix("unlisted.test") })
    }

    @Test("an untrusted certificate's failure names OpenSSL's reason")
    func verifyCodes() throws {
        let fixture = try Fixture()
        let fetcher = try Fetcher(fixture.settings)
        var codes: [Int] = []
        for host in ["expired.test", "stranger.test", "other.test"] {
            if case .failure(.tlsVerify(let verify, _)) = fetcher.one(fixture.request("/keys.jwks", host: host)) {
                codes.append(verify)
            }
        }
        #expect(codes == [10, 20, 62])
    }

    @Test("the system's CAs do not vouch where a CA file is set, nor the other way round")
    func authorityFile() throws {
        var fixture = try Fixture()
        fixture.settings.hosts[0].authorityFile = nil
        #expect(try Fetcher(fixture.settings).code(fixture.request("/keys.jwks")) == "tls_verify")
        fixture.settings.hosts[0].authorityFile = "\(fixture.nginx.folder.path)/none.pem"
        #expect(try Fetcher(fixture.settings).code(fixture.request("/keys.jwks")) == "tls_ca_file")
    }

    @Test("an unchanged body is confirmed with 304 by its ETag or its date")
    func conditional() throws {
        let fixture = try Fixture()
        let fetcher = try Fetcher(fixture.settings)
        var request = fixture.request("/keys.jwks")
        let first = try fetcher.one(request).get()
        guard case .body(let bytes, let headers, _) = first else {
            Issue.record("no body")
            return
        }
        #expect(bytes == Array(#"{"keys":[]}"#.utf8))
        let etag = try #require(headers.etag)
        request.etag = etag
        #expect(fetcher.code(request) == "not_modified")
        request.etag = nil
        let date = try #require(headers.lastModified)
        request.lastModified = date
        #expect(fetcher.code(request) == "not_modified")
        request.etag = "\"another\""
        request.lastModified = nil
        #expect(fetcher.code(request) == "body")
        #expect(
            fixture.nginx.accessLog.allSatisfy {
                $0.hasSuffix(#""application/json, application/jwk-set+json, */*;q=0.1""#)
            }
        )
    }

    @Test("a client certificate is shown where one is set")
    func clientCertificate() throws {
        var fixture = try Fixture()
        let index = try #require(fixture.settings.hosts.firstIndex { $0.name == "client.test" })
        fixture.settings.hosts[index].clientCertificateFile = "\(fixture.nginx.folder.path)/client.pem"
        fixture.settings.hosts[index].clientKeyFile = "\(fixture.nginx.folder.path)/client.key"
        #expect(try Fetcher(fixture.settings).code(fixture.request("/keys.jwks", host: "client.test")) == "body")
        fixture.settings.hosts[index].clientKeyFile = "\(fixture.nginx.folder.path)/good.key"
        let code = try Fetcher(fixture.settings).code(fixture.request("/keys.jwks", host: "client.test"))
        #expect(code == "tls_client_certificate")
    }

    @Test("a pin lets one key through, and only that key")
    func pins() throws {
        var fixture = try Fixture()
        let pem = fixture.nginx.folder.read("good.key")
        let key = try PrivateKey(pem: pem).publicKey
        let wrong = Base64.encode([UInt8](repeating: 7, count: 32))
        fixture.settings.hosts[0].pins = [wrong, Base64.encode(key.spkiSHA256.bytes)]
        #expect(try Fetcher(fixture.settings).code(fixture.request("/keys.jwks")) == "body")
        fixture.settings.hosts[0].pins = [wrong]
        #expect(try Fetcher(fixture.settings).code(fixture.request("/keys.jwks")) == "tls_pin")
    }

    @Test("TLS older than 1.2 is refused", arguments: ["TLSv1", "TLSv1.1"])
    func oldProtocol(_ version: String) throws {
        let folder = try TemporaryFolder()
        let authority = try TestAuthority()
        try folder.write("ca.pem", authority.certificate)
        let nginx = try Nginx(
            servers: """
                  server {
                    listen 127.0.0.1:$port ssl; ssl_protocols \(version); ssl_ciphers DEFAULT:@SECLEVEL=0;
                    ssl_certificate good.pem; ssl_certificate_key good.key;
                  }
                """,
            identities: ["good": try authority.issue(["keystore.test"])],
            folder: folder
        )
        let rule = HostRule(
            name: "keystore.test",
            ports: [UInt16(nginx.port)],
            reach: .loopback,
            authorityFile: "\(folder.path)/ca.pem",
            addresses: ["127.0.0.1"]
        )
        let ample = FaultBench.ample
        let settings = FetchSettings(hosts: [rule], timeoutMilliseconds: ample, connectTimeoutMilliseconds: ample)
        let fetcher = try Fetcher(settings)
        let request = FetchRequest(url: "https://keystore.test:\(nginx.port)/", class: .keySet)
        #expect(fetcher.code(request) == "tls")
    }

    @Test("many bodies come over few connections")
    func reuse() throws {
        let fixture = try Fixture()
        let fetcher = try Fetcher(fixture.settings)
        let requests = (0..<200).map { _ in fixture.request("/keys.jwks") }
        var bodies = 0
        fetcher.fetch(requests) { result in
            if case .success(.body) = result.outcome { bodies += 1 }
        }
        #expect(bodies == 200)
        #expect(fixture.nginx.accessLog(lines: 200).count == 200)
    }
}
