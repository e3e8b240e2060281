/// When transfers began at each host, so that none gets more in a second than its share.
///
/// Times are milliseconds of a clock nobody sets.
struct HostPace {
    private let perSecond: Int
    /// The last starts of each host, at most `perSecond` of them, oldest first.
    private var starts: [String: [Int64]] = [:]

    init(perSecond: Int) {
        self.perSecond = perSecond
    }

    /// The milliseconds until another transfer may begin at `host`; 0 for now.
    func wait(_ host: String, at now: Int64) -> Int64 {
        guard let starts = starts[host], starts.count >= perSecond, let first = starts.first else { return 0 }
        return max(0, first + 1000 - now)
    }

    /// Notes that a transfer begins.
    mutating func begin(_ host: String, at now: Int64) {
        starts[host, default: []].append(now)
        if let count = starts[host]?.count, count > perSecond { starts[host]?.removeFirst(count - perSecond) }
    }
}
