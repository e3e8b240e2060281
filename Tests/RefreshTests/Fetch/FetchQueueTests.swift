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
        #expect((0..<5).map { _ in queue.take()?.index } == [0, 1, 2, 3, nil])
    }

    @Test("passes over a host that holds its share")
    func share() throws {
        var queue = try queue(["a", "a", "a", "b"], perHost: 2)
        #expect((0..<4).map { _ in queue.take()?.index } == [0, 1, 3, nil])
        queue.release("a")
        #expect(queue.remaining() == [2])
        #expect(queue.take()?.index == 2)
    }
}
