/// Waiting requests in schedule order, handed out so that no host holds more than its share of the slots.
struct FetchQueue {
    /// A request that passed the allow-list.
    struct Entry {
        let index: Int
        let url: FetchURL
        let rule: HostRule
    }

    private var lanes: [Lane] = []
    private var laneOfHost: [String: Int] = [:]
    private let perHost: Int

    private struct Lane {
        let host: String
        var entries: [Entry] = []
        var next = 0
        var running = 0
    }

    init(perHost: Int) {
        self.perHost = perHost
    }

    /// Adds a request behind the others of its host; indexes must rise.
    mutating func append(_ entry: Entry) {
        let lane = laneOfHost[entry.url.host] ?? lanes.count
        if lane == lanes.count {
            laneOfHost[entry.url.host] = lane
            lanes.append(Lane(host: entry.url.host))
        }
        lanes[lane].entries.append(entry)
    }

    /// Whether every request was taken.
    var isEmpty: Bool { lanes.allSatisfy { $0.next == $0.entries.count } }

    /// The earliest request whose host has a slot to spare and a start, both of which it then has.
    ///
    /// The slot is the request's until `release`.
    mutating func take(_ pace: inout HostPace, at now: Int64) -> Entry? {
        var best: (lane: Int, index: Int)?
        for (position, lane) in lanes.enumerated() where lane.running < perHost && lane.next < lane.entries.count {
            let index = lane.entries[lane.next].index
            if index < best?.index ?? Int.max, pace.wait(lane.host, at: now) == 0 { best = (position, index) }
        }
        guard let best else { return nil }
        defer {
            lanes[best.lane].next += 1
            lanes[best.lane].running += 1
        }
        return lanes[best.lane].entries[lanes[best.lane].next]
    }

    /// The milliseconds until some host with a free slot may begin another; nil when none waits for that.
    func wait(_ pace: HostPace, at now: Int64) -> Int64? {
        lanes.filter { $0.running < perHost && $0.next < $0.entries.count }.map { pace.wait($0.host, at: now) }.min()
    }

    /// Gives a host's slot back.
    mutating func release(_ host: String) {
        guard let lane = laneOfHost[host] else { return }
        lanes[lane].running -= 1
    }

    /// The indexes never taken, in order, once a pass is stopped.
    func remaining() -> [Int] {
        lanes.flatMap { $0.entries[$0.next...].map(\.index) }.sorted()
    }
}
