import Glibc
import Testing

@testable import Fetch

@Suite("A pass over many sources")
struct PassTests {
    static let good = ScriptedServer.Reply("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    @Test("is not held up by a host that hangs")
    func hangingHost() throws {
        let slow = try ScriptedServer(["/": .init("", .hang)])
        let fast = try ScriptedServer(["/": Self.good])
        defer {
            slow.stop()
            fast.stop()
        }
        var settings = FetchSettings(
            hosts: [
                HostRule(name: "slow.test", ports: [UInt16(slow.port)], reach: .loopback, addresses: ["127.0.0.1"]),
                HostRule(name: "fast.test", ports: [UInt16(fast.port)], reach: .loopback, addresses: ["127.0.0.1"]),
            ],
            timeoutMilliseconds: FaultBench.ample,
            connectTimeoutMilliseconds: FaultBench.ample,
            slowBytesPerSecond: 0,
            ratePerHost: 1000
        )
        settings.parallel = 8
        let fetcher = try Fetcher(settings)
        let slowOnes = (0..<6).map { _ in
            FetchRequest(url: "http://slow.test:\(slow.port)/", class: .revocationList)
        }
        let fastOnes = (0..<20).map { _ in
            FetchRequest(url: "http://fast.test:\(fast.port)/", class: .revocationList)
        }
        var order: [String] = []
        fetcher.fetch(slowOnes + fastOnes, shouldStop: { order.count >= fastOnes.count }) { result in
            switch result.outcome {
            case .success: order.append("fast")
            case .failure(let failure): order.append(failure.code)
            }
        }
        // Those that hang were still waited for when all others were done, and ended because of that alone.
        let (first, rest) = (order.prefix(fastOnes.count), order.dropFirst(fastOnes.count))
        #expect(first.count == fastOnes.count && Set(first) == ["fast"], "\(order)")
        #expect(rest.count == slowOnes.count && Set(rest) == ["stopped"], "\(order)")
    }

    @Test("stops when asked, long before it runs out of time, and says so of every request")
    func stops() throws {
        let server = try ScriptedServer(["/": .init("", .hang)])
        defer { server.stop() }
        let fetcher = try Fetcher(server.settings)
        let requests = (0..<10).map { _ in FetchRequest(url: server.url("/"), class: .revocationList) }
        let clock = ContinuousClock()
        let start = clock.now
        var codes: [Int: String] = [:]
        fetcher.fetch(requests, shouldStop: { clock.now - start > .milliseconds(100) }) {
            if case .failure(let failure) = $0.outcome { codes[$0.index] = failure.code }
        }
        #expect(codes.count == 10)
        #expect(Set(codes.values) == ["stopped"])
        #expect(fetcher.code(FetchRequest(url: server.url("/none"), class: .revocationList)) == "status_404")
    }

    @Test("asks before each start whether its host may be tried")
    func admits() throws {
        let server = try ScriptedServer(["/": Self.good])
        defer { server.stop() }
        let fetcher = try Fetcher(server.settings)
        let requests = (0..<3).map { _ in FetchRequest(url: server.url("/"), class: .revocationList) }
        var asked: [String] = []
        var codes: [String] = []
        fetcher.fetch(
            requests,
            admit: { index, host in
                asked.append("\(index) \(host)")
                return index == 0 ? nil : .hostResting
            },
            deliver: {
                if case .failure(let failure) = $0.outcome { codes.append(failure.code) } else { codes.append("body") }
            }
        )
        #expect(asked == ["0 crl.test", "1 crl.test", "2 crl.test"])
        #expect(codes.sorted() == ["body", "host_resting", "host_resting"])
    }

    @Test("opens no connection to a host outside its reach")
    func privateAddress() throws {
        let server = try ScriptedServer(["/": Self.good])
        defer { server.stop() }
        for reach in [HostRule.Reach.public, .private] {
            var settings = server.settings
            settings.hosts[0].reach = reach
            let fetcher = try Fetcher(settings)
            let outcome = fetcher.one(FetchRequest(url: server.url("/"), class: .revocationList))
            #expect(outcome == .failure(.privateAddress("127.0.0.1")))
        }
    }

    @Test("goes through the proxy where one is set, which gets the whole URL")
    func proxy() throws {
        let proxy = try ScriptedServer(["http://list.test/a.crl": Self.good])
        defer { proxy.stop() }
        var settings = proxy.settings
        settings.hosts = [HostRule(name: "list.test")]
        settings.proxy = "http://127.0.0.1:\(proxy.port)"
        let fetcher = try Fetcher(settings)
        #expect(fetcher.code(FetchRequest(url: "http://list.test/a.crl", class: .revocationList)) == "body")
    }

    @Test("never looks at the environment's proxy")
    func environment() throws {
        let server = try ScriptedServer(["/": Self.good])
        let proxy = try ScriptedServer([:])
        defer {
            server.stop()
            proxy.stop()
        }
        setenv("http_proxy", "http://127.0.0.1:\(proxy.port)", 1)
        defer { unsetenv("http_proxy") }
        let fetcher = try Fetcher(server.settings)
        #expect(fetcher.code(FetchRequest(url: server.url("/"), class: .revocationList)) == "body")
    }
}
