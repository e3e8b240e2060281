import KeyCache
import Testing

@testable import Refresh

/// Faults F18 to F27: HTTP.
@Suite("Faults of the answer")
struct AnswerFaultTests {
    private static let ok = "HTTP/1.1 200 OK\r\n"
    private static let good = FaultBench.good
    private static let length = good.utf8.count
    /// What an attacker would like to be taken for the set: the kid of the good key with another key.
    static let evil = TestKeys.set([TestKeys.key("A")])

    @Test(
        "F18 the server is in trouble, and says until when",
        arguments: [
            FaultRow("500 with a set", .status(500, body: evil), "status_500", due: 11),
            FaultRow("502", .status(502), "status_502", due: 11),
            FaultRow("503", .status(503), "status_503", due: 11),
            FaultRow("503, five seconds", .status(503, ["Retry-After: 5"]), "status_503", due: 15),
            FaultRow("503, ten minutes", .status(503, ["Retry-After: 600"]), "status_503", due: 600),
            FaultRow("503, thirty years", .status(503, ["Retry-After: 1000000000"]), "status_503", due: 3600),
            FaultRow("503, 2^64 seconds", .status(503, ["Retry-After: 18446744073709551616"]), "status_503", due: 3600),
            FaultRow(
                "503, a date that is past",
                .status(503, ["Retry-After: Sun, 06 Nov 1994 08:49:37 GMT"]),
                "status_503",
                due: 11
            ),
            FaultRow(
                "503, a date in 2100",
                .status(503, ["Retry-After: Fri, 01 Jan 2100 00:00:00 GMT"]),
                "status_503",
                due: 3600
            ),
            FaultRow("503, a word", .status(503, ["Retry-After: soon"]), "status_503", due: 11),
        ]
    )
    func f18(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F19 too many requests",
        arguments: [
            FaultRow("without a wish", .status(429), "status_429", due: 11),
            FaultRow("a minute", .status(429, ["Retry-After: 60"]), "status_429", due: 60),
        ]
    )
    func f19(_ row: FaultRow) throws { try row.strike() }

    @Test(
        "F20 gone",
        arguments: [
            FaultRow("404 with a set", .status(404, body: evil), "status_404"),
            FaultRow("410", .status(410), "status_410"),
        ]
    )
    func f20(_ row: FaultRow) throws { try row.strike() }

    private static func redirect(_ status: Int, _ place: String) -> FaultRow {
        FaultRow("\(status) to \(place)", .status(status, ["Location: \(place)"], body: evil), "redirect")
    }

    @Test(
        "F21 elsewhere: never followed",
        arguments: [
            redirect(301, "/evil"), redirect(302, "https://localhost/evil"), redirect(303, "https://evil.test/evil"),
            redirect(307, "http://localhost/evil"), redirect(308, "file:///etc/passwd"),
            redirect(302, FaultBench.path), redirect(300, "gopher://localhost/"), redirect(305, "/evil"),
        ]
    )
    func f21(_ row: FaultRow) throws {
        let bench = try FaultBench()
        bench.directory.answer("/evil", .ok(Self.evil))
        try row.strike(bench)
        #expect(Set(bench.directory.paths) == [FaultBench.path])
    }

    @Test("F22 204")
    func f22() throws { try FaultRow("204", .status(204), "status_204").strike() }

    @Test("F23 304 nobody asked for")
    func f23() throws {
        let bench = try FaultBench(hasETag: false)
        try FaultRow("304", .status(304), "unasked_304").strike(bench)
    }

    @Test("F23 304 after the body got lost: asked for once more, and found again")
    func f23lost() throws {
        let bench = try FaultBench()
        try bench.loseBody()
        var reply = FaultyReply.ok(Self.good, ["ETag: \(FaultBench.etag)"])
        reply.ifConditional = FaultyReply.status(304).bytes
        bench.directory.answer(FaultBench.path, reply)
        let line = try bench.refresh()
        #expect(line.outcome == .updated, "\(line.reason)")
        try bench.expectGood()
        let conditions = bench.directory.heads.map { $0.contains("If-None-Match") }
        #expect(conditions == [false, true, false])
    }

    @Test("F24 the old ETag with another body: the bytes decide")
    func f24() throws {
        let other = String(Self.good.dropLast(2)) + ",\(TestKeys.c)]}"
        let bench = try FaultRow("same ETag", .updated, nil, .ok(other, ["ETag: \(FaultBench.etag)"])).strike()
        #expect(Set(bench.directory.paths) == [FaultBench.path])
    }

    @Test(
        "F25 odd ETags",
        arguments: [
            FaultRow("weak", .unchanged, nil, .ok(good, ["ETag: W/\"good\""])),
            FaultRow("64 KiB", .ok(good, ["ETag: \"\(String(repeating: "e", count: 65_536))\""]), "headers_too_large"),
            FaultRow("two lines", .unchanged, nil, .ok(good, ["ETag: \"a\"", "ETag: \"b\""])),
            FaultRow("with a line end in it", .unchanged, nil, .ok(good, ["ETag: \"a\r\nX-Injected: 1\""])),
            FaultRow("with a lone CR in it", .unchanged, nil, .ok(good, ["ETag: \"a\rX-Injected: 1\""])),
            FaultRow("with control characters", .unchanged, nil, .ok(good, ["ETag: \"\u{1}\u{7F}\""])),
        ]
    )
    func f25(_ row: FaultRow) throws {
        let bench = try row.strike()
        #expect(bench.directory.heads.allSatisfy { !$0.contains("X-Injected") })
    }

    @Test(
        "F26 lengths and chunks",
        arguments: [
            FaultRow(
                "shorter than its body",
                .invalid,
                "jwks.json",
                FaultyReply(ok + "Content-Length: \(length - 9)\r\n\r\n" + good)
            ),
            FaultRow(
                "longer than its body",
                FaultyReply(ok + "Content-Length: \(length + 9)\r\n\r\n" + good),
                "truncated"
            ),
            FaultRow(
                "a broken chunk",
                FaultyReply(ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\n" + good),
                "truncated",
                "protocol"
            ),
            FaultRow(
                "chunks without an end",
                FaultyReply(
                    ok + "Transfer-Encoding: chunked\r\n\r\n" + String(length, radix: 16) + "\r\n" + good + "\r\n"
                ),
                "truncated"
            ),
            FaultRow(
                "chunks with trailers",
                .unchanged,
                nil,
                FaultyReply(
                    ok + "Transfer-Encoding: chunked\r\n\r\n" + String(length, radix: 16) + "\r\n" + good
                        + "\r\n0\r\nETag: \"trailer\"\r\n\r\n"
                )
            ),
        ]
    )
    func f26(_ row: FaultRow) throws { try row.strike() }

    @Test("F27 a hundred thousand headers")
    func f27() throws {
        let flood = (0..<100_000).map { "X-\($0): y" }
        try FaultRow("headers", .ok(Self.good, flood), "headers_too_large").strike()
    }
}
