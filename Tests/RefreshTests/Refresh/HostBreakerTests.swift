import Testing

@testable import Refresh

@Suite("The breaker of a host")
struct HostBreakerTests {
    private func failing(_ sources: [Int64], at now: Int64 = 0) -> HostBreaker {
        var breaker = HostBreaker()
        for source in sources { breaker.fail("a", source: source, now: now) }
        return breaker
    }

    /// Outside the macro, which cannot call what changes the breaker.
    private func admits(_ breaker: inout HostBreaker, _ host: String, _ now: Int64) -> Bool {
        breaker.admits(host, now: now)
    }

    @Test("opens after five failures over three sources")
    func opens() {
        var four = failing([1, 2, 3, 4])
        #expect(admits(&four, "a", 0) == true)
        var five = failing([1, 2, 3, 3, 3])
        #expect(admits(&five, "a", 0) == false)
        #expect(admits(&five, "b", 0) == true)
    }

    @Test("does not open for the failures of two sources, however many")
    func fewSources() {
        var breaker = failing([1, 2, 1, 2, 1, 2, 1, 2])
        #expect(admits(&breaker, "a", 0) == true)
    }

    @Test("counts straight failures only")
    func straight() {
        var breaker = failing([1, 2, 3, 4])
        breaker.succeed("a")
        breaker.fail("a", source: 5, now: 0)
        #expect(admits(&breaker, "a", 0) == true)
    }

    @Test("lets one probe through after sixty seconds, which decides")
    func probe() {
        var breaker = failing([1, 2, 3, 4, 5], at: 1000)
        #expect(admits(&breaker, "a", 60_999) == false)
        #expect(admits(&breaker, "a", 61_000) == true)
        #expect(admits(&breaker, "a", 61_000) == false)
        breaker.fail("a", source: 1, now: 62_000)
        #expect(admits(&breaker, "a", 121_999) == false)
        #expect(admits(&breaker, "a", 122_000) == true)
        breaker.succeed("a")
        #expect(admits(&breaker, "a", 122_000) == true)
        #expect(admits(&breaker, "a", 122_000) == true)
    }

    @Test("takes a called-off probe back")
    func calledOff() {
        var breaker = failing([1, 2, 3, 4, 5])
        #expect(admits(&breaker, "a", 60_000) == true)
        breaker.callOff("a")
        #expect(admits(&breaker, "a", 60_000) == true)
    }
}
