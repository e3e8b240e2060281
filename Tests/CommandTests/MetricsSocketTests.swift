import Glibc
import Simulator
import Testing

@Suite("metrics socket")
struct MetricsSocketTests {
    /// A daemon that answers at `path`.
    private struct Endpoint {
        let site: Site
        let daemon: Running
        var path: String { "\(site.folder.path)/m.sock" }

        init() throws {
            let metrics = "{socket: m.sock, textfile: c.prom, every: 1s}"
            site = try Site(of: try Present.directory.get(), ["metrics": metrics])
            #expect(try site.run("refresh", "--all", "--mirror", "mirror").code == 0)
            daemon = try Running(["run"], in: site.folder)
            let (site, daemon) = (site, daemon)
            let isThere = daemon.waits { site.folder.has("m.sock") && daemon.errors.contains("service.ready") }
            #expect(isThere, "\(daemon.errors)")
        }

        func end() throws {
            daemon.signal(SIGTERM)
            let result = try daemon.wait()
            #expect(result.code == 143, "\(result.errors)")
        }
    }

    @Test("answers GET over the socket, keeps others out, and is gone afterwards")
    func answers() throws {
        let endpoint = try Endpoint()
        #expect(try endpoint.site.folder.mode("m.sock") == 0o660)
        let answer = try UnixClient.ask(endpoint.path, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4"), "\(answer.prefix(200))")
        #expect(answer.contains("\ncounterfoil_ready 1\n"))
        #expect(endpoint.daemon.waits { endpoint.site.folder.has("c.prom") })
        try endpoint.end()
        #expect(!endpoint.site.folder.has("m.sock"))
        #expect(try endpoint.site.folder.text("c.prom").contains("\ncounterfoil_ready 1\n"))
    }

    @Test("tells clients what is wrong, each by itself, and goes on")
    func hostile() throws {
        let endpoint = try Endpoint()
        let rows: [(String, String)] = [
            ("GET /metrics HTTP/1.0\n\n", "200 OK"), ("GET / HTTP/1.1\r\n\r\n", "200 OK"),
            ("GET /metrics?x=1 HTTP/1.1\r\n\r\n", "200 OK"), ("GET /../etc/passwd HTTP/1.1\r\n\r\n", "404 Not Found"),
            ("POST /metrics HTTP/1.1\r\n\r\n", "405 Method Not Allowed"), ("\r\n\r\n", "400 Bad Request"),
            ("GET  /metrics HTTP/1.1\r\n\r\n", "400 Bad Request"), ("GET /metrics SPDY\r\n\r\n", "400 Bad Request"),
            ("\u{0}\u{1}\r\n\r\n", "400 Bad Request"),
            (
                "GET /metrics HTTP/1.1\r\nX: " + String(repeating: "a", count: 9000),
                "431 Request Header Fields Too Large"
            ),
        ]
        for (request, status) in rows {
            let answer = try UnixClient.ask(endpoint.path, request)
            #expect(answer.hasPrefix("HTTP/1.0 \(status)\r\n"), "\(request.prefix(40)): \(answer.prefix(60))")
        }
        // Clients that say nothing, more than are served: whoever comes is turned away, and none stays for ever.
        // Where it takes seconds to connect them all, the first have lost their places before the last comes: then again.
        var turnedAway = false
        for _ in 0..<20 where !turnedAway {
            let silent = try (0..<20).map { _ in try UnixClient(endpoint.path) }
            silent[0].send("GET /met")
            turnedAway = silent[19].receive().hasPrefix("HTTP/1.0 503 ")
            #expect(silent[0].receive().isEmpty)
        }
        #expect(turnedAway)
        _ = try UnixClient(endpoint.path)
        #expect(try UnixClient.ask(endpoint.path, "GET /metrics HTTP/1.1\r\n\r\n").hasPrefix("HTTP/1.0 200 "))
        try endpoint.end()
    }

    @Test("takes the place of a socket a killed daemon left, and of nothing else")
    func leftOver() throws {
        let endpoint = try Endpoint()
        endpoint.daemon.signal(SIGKILL)
        #expect(try endpoint.daemon.wait().code == -SIGKILL)
        #expect(endpoint.site.folder.has("m.sock"))
        let second = try Running(["run"], in: endpoint.site.folder)
        let path = endpoint.path
        let answers = second.waits {
            (try? UnixClient.ask(path, "GET / HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.0 200")) == true
        }
        #expect(answers, "\(second.errors)")
        second.signal(SIGTERM)
        #expect(try second.wait().code == 143)
        try endpoint.site.folder.write("mine", to: "m.sock")
        let third = try Running(["run"], in: endpoint.site.folder)
        #expect(third.waits { third.errors.contains("metrics.unavailable") }, "\(third.errors)")
        third.signal(SIGTERM)
        #expect(try third.wait().code == 143)
        #expect(try endpoint.site.folder.text("m.sock") == "mine")
    }
}
