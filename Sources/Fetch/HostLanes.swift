/// What waits at one host: in one lane what was good the last time, in another what never was, or failed.
///
/// Where both wait they take turns, and the second lane has half of the host's slots at most: sources that hang keep no
/// good one waiting, and a rush of good ones keeps no new one.
struct HostLanes {
    private struct Lane {
        var entries: [FetchQueue.Entry] = []
        var next = 0
        var running = 0

        var first: FetchQueue.Entry? { next < entries.count ? entries[next] : nil }
    }

    let name: String
    private var proven = Lane()
    private var unproven = Lane()
    private var wasProvenLast = false

    init(name: String) {
        self.name = name
    }

    var isEmpty: Bool { proven.first == nil && unproven.first == nil }
    /// Whether something waits that was good the last time.
    var hasProven: Bool { proven.first != nil }
    /// The indexes of what was not taken.
    var remaining: [Int] { [proven, unproven].flatMap { lane in lane.entries[lane.next...].map(\.index) } }

    mutating func append(_ entry: FetchQueue.Entry) {
        if entry.isProven { proven.entries.append(entry) } else { unproven.entries.append(entry) }
    }

    /// What has its turn; nil where nothing waits that has a slot.
    func next(perHost: Int, admitsUnproven: Bool) -> FetchQueue.Entry? {
        guard proven.running + unproven.running < perHost else { return nil }
        guard let good = proven.first else { return admitsUnproven ? unproven.first : nil }
        guard admitsUnproven, wasProvenLast, unproven.running < max(1, perHost / 2) else { return good }
        return unproven.first ?? good
    }

    mutating func begin(_ entry: FetchQueue.Entry) {
        wasProvenLast = entry.isProven
        if entry.isProven {
            proven.next += 1
            proven.running += 1
        } else {
            unproven.next += 1
            unproven.running += 1
        }
    }

    mutating func end(isProven: Bool) {
        if isProven { proven.running -= 1 } else { unproven.running -= 1 }
    }
}
