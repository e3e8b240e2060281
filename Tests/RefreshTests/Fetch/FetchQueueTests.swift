import Testing

@testable import Fetch

@Suite("The queue of a fetch")
struct FetchQueueTests {
    private func queue(_ hosts: [String], perHost: Int) throws -> FetchQueue {
        var queue = FetchQueue(perHost: perHost)
        for (index, host) in hosts.enumerated() {
            let url = try FetchURL("https://\(host)/")
            queue.append(FetchQueue.Entry(index: index, url: url, rule: HostRule(name: host)))
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
        queue.release("a")
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
}
