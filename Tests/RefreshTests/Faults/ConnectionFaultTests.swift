import Fetch
import Glibc
import KeyCache
import Testing

@testable import Refresh

/// Faults F01 to F09: the network.
@Suite("Faults of the connection")
struct ConnectionFaultTests {
    private static let half = FaultyReply(
        "HTTP/1.1 200 OK\r\nContent-Length: \(FaultBench.good.utf8.count)\r\n\r\n" + FaultBench.good.prefix(40),
        .reset
    )

    /// Refreshes with a changed host rule and expects a failure of this code, the good key untouched.
    private func strike(
        _ code: String,
        _ bench: FaultBench,
        sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout HostRule) -> Void
    ) throws {
        bench.allow(change)
        if code == "connect_timeout" { bench.hurry(connection: true) }
        let line = try bench.refresh()
        #expect(line.outcome == .unreachable, sourceLocation: sourceLocation)
        #expect(line.code == code, "\(line.reason)", sourceLocation: sourceLocation)
        try bench.expectGood(sourceLocation: sourceLocation)
        bench.allow()
        #expect(try bench.refresh().outcome == .unchanged, sourceLocation: sourceLocation)
    }

    @Test("F01 refused")
    func f01() throws { try strike("connect", FaultBench()) { $0.addresses = ["127.0.0.2"] } }

    @Test("F02 a reset in the middle of the body")
    func f02() throws { try FaultRow("reset", Self.half, "truncated", "connection_lost").strike() }

    @Test("F03 no answer to the connection")
    func f03() throws {
        let bench = try FaultBench()
        // A queue that is full: what else comes gets no answer, as from a host that is not there.
        let (listener, _) = try Loopback.listen(address: 0x7F00_0002, port: bench.directory.port, backlog: 0)
        defer { close(listener) }
        let fillers = (0..<4).map { _ in Loopback.begin(address: 0x7F00_0002, port: bench.directory.port) }
        defer { for filler in fillers { close(filler) } }
        try strike("connect_timeout", bench) { $0.addresses = ["127.0.0.2"] }
    }

    @Test("F04 accepted, then silence", arguments: [true, false])
    func f04(isInHandshake: Bool) throws {
        let bench = try FaultBench()
        guard isInHandshake else {
            try FaultRow("silence", FaultyReply("", .hang), "timeout").strike(bench)
            return
        }
        bench.directory.greet(.silence)
        bench.hurry(connection: true)
        #expect(try bench.refresh().code == "connect_timeout")
        bench.relax()
        try bench.expectGood()
        bench.directory.greet(.serve)
        #expect(try bench.refresh().outcome == .unchanged)
    }

    @Test("F05 headers a byte at a time")
    func f05() throws {
        try FaultRow("slow headers", FaultyReply("HTTP/1.1 200 OK\r\nX: y\r\n\r\n", drip: 250), "timeout").strike()
    }

    @Test("F06 a body at forty bytes a second", arguments: [(0, "timeout"), (100, "too_slow")])
    func f06(slowBytesPerSecond: Int, code: String) throws {
        let bench = try FaultBench()
        var reply = FaultyReply.ok(FaultBench.good)
        reply.drip = 25
        bench.directory.answer(FaultBench.path, reply)
        bench.fixture.settings.slowBytesPerSecond = slowBytesPerSecond
        bench.fixture.settings.slowSeconds = 1
        if code == "timeout" { bench.hurry(connection: false) }
        #expect(try bench.refresh().code == code)
        try bench.expectGood()
    }

    @Test("F07 no such name")
    func f07() throws {
        let bench = try FaultBench()
        // A label longer than a name may have: the resolver says no without asking anybody.
        let host = String(repeating: "n", count: 64) + ".test"
        let url = bench.directory.url(FaultBench.path, host: host)
        bench.fixture.settings.hosts.append(HostRule(name: host, ports: [UInt16(bench.directory.port)]))
        try bench.fixture.add(url, .organisation)
        let line = try #require(try bench.fixture.networkPass().run(.source(url: url)).lines.first)
        #expect(line.code == "dns", "\(line.reason)")
        try bench.expectGood()
    }

    @Test(
        "F08 a name that leads inside",
        arguments: [
            "127.0.0.1", "127.8.8.8", "169.254.169.254", "10.0.0.1", "172.16.0.1", "192.168.0.1", "100.64.0.1",
            "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "fd00::1", "ff02::1",
            "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::",
        ]
    )
    func f08(address: String) throws {
        try strike("private_address", FaultBench()) {
            $0.reach = .public
            $0.addresses = [address]
        }
    }

    @Test("F09 a name with several addresses: each is judged as it is connected to", arguments: [false, true])
    func f09(isReversed: Bool) throws {
        let addresses = ["169.254.169.254", "10.0.0.1", "127.0.0.1"]
        try strike("private_address", FaultBench()) {
            $0.reach = .public
            $0.addresses = isReversed ? addresses.reversed() : addresses
        }
        // Among them one that is allowed: it is the only one ever connected to.
        let bench = try FaultBench()
        bench.allow { $0.addresses = ["169.254.169.254", "127.0.0.1"] }
        #expect(try bench.refresh().outcome == .unchanged)
    }
}
