import Testing

@testable import Fetch

@Suite("The queue of a fetch")
struct FetchQueueTests {
    /// A queue of requests at hosts; those in capitals were not good the last time.
    private func queue(_ hosts: [String], perHost: Int, parallel: Int = 8) throws -> FetchQueue {
        var queue = FetchQueue(perHost: perHost, parallel: parallel)
        for (index, name) in hosts.enumerated() {
            let host = name.lowercased()
            let url = try FetchURL("https://\(host)/")
            queue.append(
                FetchQueue.Entry(index: index, url: url, rule: HostRule(name: host), isProven: name == host)
            )
        }
        return queue
    }

    @Test("keeps the order of the list")
    func order() throws {
        var queue = try queue(["a", "b", "a", "c"], perHost: 4)
        var pace = HostPace(perSecond: 100)
        #expect((0..<5).map { _ in queue.take(&pace, at: 0)?.index } == [0, 1, 2, 3, nil])
    }

    @Test("passes over a host that holds its share")
    func share() throws {
        var queue = try queue(["a", "a", "a", "b"], perHost: 2)
        var pace = HostPace(perSecond: 100)
        #expect((0..<4).map { _ in queue.take(&pace, at: 0)?.index } == [0, 1, 3, nil])
        queue.release(1)
        #expect(queue.remaining() == [2])
        let last = queue.take(&pace, at: 0)
        #expect(last?.index == 2)
    }

    @Test("lets a host begin so many a second, and the others meanwhile")
    func pace() throws {
        var queue = try queue(Array(repeating: "a", count: 7) + ["b"], perHost: 100)
        var pace = HostPace(perSecond: 3)
        var begun: [Int64: [Int]] = [:]
        for now in stride(from: Int64(0), to: 3000, by: 100) {
            while let entry = queue.take(&pace, at: now) {
                pace.begin(entry.url.host, at: now)
                begun[now, default: []].append(entry.index)
            }
            if now == 500 { #expect(queue.wait(pace, at: now) == 500) }
        }
        #expect(begun == [0: [0, 1, 2, 7], 1000: [3, 4, 5], 2000: [6]])
        #expect(queue.isEmpty)
        #expect(queue.wait(pace, at: 3000) == nil)
    }

    @Test("what may hang has half of a host's slots while good ones wait, and takes turns with them")
    func unproven() throws {
        var queue = try queue(["A", "A", "A", "a", "a", "a", "A"], perHost: 4)
        var pace = HostPace(perSecond: 100)
        #expect((0..<5).map { _ in queue.take(&pace, at: 0)?.index } == [3, 0, 4, 1, nil])
        // A good one's slot goes to the next good one: the others have their half already.
        queue.release(3)
        #expect((0..<2).map { _ in queue.take(&pace, at: 0)?.index } == [5, nil])
        // No good one waits any more.
        queue.release(4)
        #expect((0..<2).map { _ in queue.take(&pace, at: 0)?.index } == [2, nil])
        #expect(queue.remaining() == [6])
        for index in [0, 1, 2, 5] { queue.release(index) }
        let last = queue.take(&pace, at: 0)
        #expect(last?.index == 6)
    }

    @Test("what may hang at many hosts has half of all slots while good ones wait")
    func unprovenHosts() throws {
        var queue = try queue(["A", "B", "C", "D", "e"], perHost: 4, parallel: 4)
        var pace = HostPace(perSecond: 1)
        pace.begin("e", at: 0)
        #expect((0..<3).map { _ in queue.take(&pace, at: 500)?.index } == [0, 1, nil])
        #expect(queue.wait(pace, at: 500) == 500)
        #expect((0..<4).map { _ in queue.take(&pace, at: 1000)?.index } == [4, 2, 3, nil])
    }
}
