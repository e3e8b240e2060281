import Glibc
import Testing

@testable import Fetch

/// Answers no honest server gives, over the plain HTTP a CRL may use; TLS changes nothing about them.
@Suite("An answer")
struct AnswerTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var reply: ScriptedServer.Reply
        var outcome: String
        var etag: String?
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ outcome: String, then end: ScriptedServer.Reply.End = .close) {
            self.name = name
            reply = ScriptedServer.Reply(text, end)
            self.outcome = outcome
        }

        func conditional() -> Row {
            var row = self
            row.etag = "\"x\""
            return row
        }
    }

    static let ok = "HTTP/1.1 200 OK\r\n"
    static let rows = [
        Row("whole", ok + "Content-Length: 2\r\n\r\n{}", "body"),
        Row("ended by closing", ok + "\r\n{}", "body"),
        Row("in chunks", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "body"),
        Row(
            "in chunks with trailers",
            ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nETag: \"t\"\r\n\r\n",
            "body"
        ),
        Row("after 100 Continue", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "Content-Length: 2\r\n\r\n{}", "body"),
        Row("nothing at all", "", "connection_lost"),
        Row("a reset", "", "connection_lost", then: .reset),
        Row("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n", "protocol"),
        Row("HTTP/0.9", "<html>", "protocol"),
        Row("silence", "", "too_slow", then: .hang),
        Row("headers that never end", ok + "X: y\r\n", "too_slow", then: .hang),
        Row("shorter than its Content-Length", ok + "Content-Length: 100\r\n\r\n{}", "truncated"),
        Row("stalled in its body", ok + "Content-Length: 100\r\n\r\n{}", "too_slow", then: .hang),
        Row("a broken chunk", ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", "truncated"),
        Row("chunks without an end", ok + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", "truncated"),
        Row("coded as br", ok + "Content-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", "content_encoding"),
        Row("coded as zstd", ok + "Content-Encoding: zstd\r\nContent-Length: 2\r\n\r\n{}", "content_encoding"),
        Row("coded twice", ok + "Content-Encoding: gzip, gzip\r\nContent-Length: 2\r\n\r\n{}", "content_encoding"),
        Row(
            "gzip transfer coding",
            ok + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
            "content_encoding"
        ),
        Row(
            "said to be gzip but not",
            ok + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
            "content_encoding"
        ),
        Row("two lengths", ok + "Content-Length: 2\r\nContent-Length: 99\r\n\r\n{}", "truncated"),
        Row("a negative length", ok + "Content-Length: -1\r\n\r\n{}", "protocol"),
        Row("said to be over the limit", ok + "Content-Length: 9999999999\r\n\r\n{}", "too_large"),
        Row("a flood of headers", ok + String(repeating: "X: y\r\n", count: 10_000) + "\r\n{}", "headers_too_large"),
        Row(
            "one endless header",
            ok + "X: " + String(repeating: "y", count: 60_000) + "\r\n\r\n{}",
            "headers_too_large"
        ),
        Row("204", "HTTP/1.1 204 No Content\r\n\r\n", "status_204"),
        Row("206", "HTTP/1.1 206 Partial\r\nContent-Length: 2\r\n\r\n{}", "status_206"),
        Row("301", "HTTP/1.1 301 Moved\r\nLocation: http://crl.test/\r\nContent-Length: 0\r\n\r\n", "redirect"),
        Row("307", "HTTP/1.1 307 Moved\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n", "redirect"),
        Row("401", "HTTP/1.1 401 No\r\nWWW-Authenticate: NTLM\r\nContent-Length: 0\r\n\r\n", "status_401"),
        Row(
            "404 with an endless page",
            "HTTP/1.1 404 No\r\n\r\n" + String(repeating: "x", count: 200_000),
            "status_404"
        ),
        Row("410", "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n", "status_410"),
        Row("429", "HTTP/1.1 429 Slow\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n", "status_429"),
        Row("500 with a body", "HTTP/1.1 500 Oops\r\nContent-Length: 11\r\n\r\n{\"keys\":[]}", "status_500"),
        Row("503", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "status_503"),
        Row("304 nobody asked for", "HTTP/1.1 304 Not Modified\r\n\r\n", "unasked_304"),
        Row("304 as asked", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n", "not_modified").conditional(),
    ]

    @Test("is judged", arguments: rows)
    func judged(_ row: Row) throws {
        let server = try ScriptedServer(["/": row.reply])
        defer { server.stop() }
        var settings = server.settings
        if row.outcome == "too_slow" { (settings.slowBytesPerSecond, settings.slowSeconds) = (1000, 1) }
        let fetcher = try Fetcher(settings)
        #expect(fetcher.code(FetchRequest(url: server.url("/"), class: .revocationList, etag: row.etag)) == row.outcome)
    }

    @Test("is told apart from a port nobody listens on")
    func refused() throws {
        let (bound, port) = try Loopback.bound()
        defer { close(bound) }
        let rule = HostRule(name: "crl.test", ports: [UInt16(port)], reach: .loopback, addresses: ["127.0.0.1"])
        let fetcher = try Fetcher(FetchSettings(hosts: [rule]))
        #expect(fetcher.code(FetchRequest(url: "http://crl.test:\(port)/", class: .revocationList)) == "connect")
    }

    @Test("carries the headers a schedule needs, and only validators fit to be sent back")
    func headers() throws {
        let long = String(repeating: "e", count: 1025)
        let server = try ScriptedServer([
            "/all": .init(
                Self.ok + "ETag: W/\"a\"\r\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT\r\nCache-Control: public\r\n"
                    + "cache-control:max-age=60\r\nExpires: 0\r\nDate: x\r\nAge: 3\r\nContent-Type: text/html\r\n"
                    + "Content-Length: 0\r\n\r\n"
            ),
            "/long": .init(Self.ok + "ETag: \"\(long)\"\r\nContent-Length: 0\r\n\r\n"),
            "/twice": .init(Self.ok + "ETag: \"a\"\r\nETag: \"b\"\r\nContent-Length: 0\r\n\r\n"),
            "/control": .init(Self.ok + "ETag: \"a\u{7}\"\r\nContent-Length: 0\r\n\r\n"),
        ])
        defer { server.stop() }
        let fetcher = try Fetcher(server.settings)
        let all = try fetcher.one(FetchRequest(url: server.url("/all"), class: .revocationList)).get()
        #expect(
            all.headers
                == FetchHeaders(
                    etag: "W/\"a\"",
                    lastModified: "Sun, 06 Nov 1994 08:49:37 GMT",
                    cacheControl: "public, max-age=60",
                    expires: "0",
                    date: "x",
                    age: "3",
                    contentType: "text/html"
                )
        )
        #expect(all.peer == PeerInfo(address: "127.0.0.1", port: server.port))
        for path in ["/long", "/twice", "/control"] {
            let answer = try fetcher.one(FetchRequest(url: server.url(path), class: .revocationList)).get()
            #expect(answer.headers.etag == nil, "\(path)")
        }
    }

    @Test("keeps Retry-After of 429 and 503 only")
    func retryAfter() throws {
        let server = try ScriptedServer([
            "/429": .init("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"),
            "/404": .init("HTTP/1.1 404 No\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"),
        ])
        defer { server.stop() }
        let fetcher = try Fetcher(server.settings)
        var waits: [String?] = []
        for path in ["/429", "/404"] {
            if case .failure(let failure) = fetcher.one(FetchRequest(url: server.url(path), class: .revocationList)) {
                waits.append(failure.retryAfter)
            }
        }
        #expect(waits == ["7", nil])
    }
}
