/// Waiting requests in schedule order, handed out so that no host holds more than its share of the slots, and what may
/// hang no more than half of them while something that was good waits.
struct FetchQueue {
    /// A request that passed the allow-list.
    struct Entry {
        let index: Int
        let url: FetchURL
        let rule: HostRule
        /// Whether its last fetch was good: it is not expected to hang.
        var isProven = true
    }

    private var hosts: [HostLanes] = []
    private var positions: [String: Int] = [:]
    /// Where each request that holds a slot came from.
    private var begun: [Int: (host: Int, isProven: Bool)] = [:]
    private var unprovenRunning = 0
    private let perHost: Int
    private let unprovenLimit: Int

    init(perHost: Int, parallel: Int) {
        self.perHost = perHost
        unprovenLimit = max(1, parallel / 2)
    }

    /// Adds a request behind the others of its host; indexes must rise.
    mutating func append(_ entry: Entry) {
        let position = positions[entry.url.host] ?? hosts.count
        if position == hosts.count {
            positions[entry.url.host] = position
            hosts.append(HostLanes(name: entry.url.host))
        }
        hosts[position].append(entry)
    }

    /// Whether every request was taken.
    var isEmpty: Bool { hosts.allSatisfy(\.isEmpty) }

    /// The earliest request whose host has a slot to spare and a start, both of which it then has.
    ///
    /// The slot is the request's until `release`.
    mutating func take(_ pace: inout HostPace, at now: Int64) -> Entry? {
        var best: (host: Int, entry: Entry)?
        let mayHang = admitsUnproven
        for (position, host) in hosts.enumerated() {
            guard let entry = host.next(perHost: perHost, admitsUnproven: mayHang) else { continue }
            let isEarlier = best.map { entry.index < $0.entry.index } ?? true
            if isEarlier, pace.wait(host.name, at: now) == 0 { best = (position, entry) }
        }
        guard let best else { return nil }
        hosts[best.host].begin(best.entry)
        if !best.entry.isProven { unprovenRunning += 1 }
        begun[best.entry.index] = (best.host, best.entry.isProven)
        return best.entry
    }

    /// The milliseconds until some host with a free slot may begin another; nil when none waits for that.
    func wait(_ pace: HostPace, at now: Int64) -> Int64? {
        let mayHang = admitsUnproven
        return hosts.filter { $0.next(perHost: perHost, admitsUnproven: mayHang) != nil }
            .map { pace.wait($0.name, at: now) }
            .min()
    }

    /// Gives back the slot of a request that was taken.
    mutating func release(_ index: Int) {
        guard let (host, isProven) = begun.removeValue(forKey: index) else { return }
        hosts[host].end(isProven: isProven)
        if !isProven { unprovenRunning -= 1 }
    }

    /// The indexes never taken, in order, once a pass is stopped.
    func remaining() -> [Int] { hosts.flatMap(\.remaining).sorted() }

    private var admitsUnproven: Bool { unprovenRunning < unprovenLimit || !hosts.contains(where: \.hasProven) }
}
