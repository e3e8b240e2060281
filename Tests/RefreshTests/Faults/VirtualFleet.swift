import Encoding
import KeyCache

@testable import Fetch
@testable import Refresh

/// Many sources at one host over hours of virtual time.
///
/// Rounds are made as the daemon makes them, with the real queue, pace, breaker and schedule; only transfers are made
/// up. Times are milliseconds.
struct VirtualFleet {
    static let tick: Int64 = 5000
    static let turn = RefreshPass.turn
    static let host = "keystore.test"

    let hanging: Set<Int>
    /// How long a good answer and a hanging one take.
    var goodTime: Int64 = 50
    var hangTime: Int64 = 10_000
    let parallel = 8

    private(set) var now: Int64 = 0
    private(set) var nextDue: [Int64]
    private var failures: [Int]
    private var pace = HostPace(perSecond: 10)
    private var breaker = HostBreaker()
    private var random: Lehmer
    private let urls: [FetchURL]
    private let schedule = Schedule(.participant)
    /// When each transfer began.
    private(set) var starts: [Int64] = []
    /// How late the transfers of good sources began, once all had begun once.
    private(set) var lateness: [Int64] = []

    init(count: Int, hanging: Set<Int>, seed: UInt64) throws {
        urls = try (0..<count).map { try FetchURL("https://\(Self.host)/\($0)") }
        self.hanging = hanging
        nextDue = Array(repeating: 0, count: count)
        failures = Array(repeating: 0, count: count)
        random = Lehmer(seed: seed)
    }

    /// Makes rounds until `end`.
    mutating func run(until end: Int64) {
        while now < end {
            let due = nextDue.indices.filter { nextDue[$0] <= now }.sorted {
                (failures[$0] > 0 ? 1 : 0, nextDue[$0]) < (failures[$1] > 0 ? 1 : 0, nextDue[$1])
            }
            if !due.isEmpty { round(due) }
            now = (now / Self.tick + 1) * Self.tick
        }
    }

    private mutating func round(_ due: [Int]) {
        var queue = FetchQueue(perHost: 4, parallel: parallel)
        let rule = HostRule(name: Self.host)
        for (index, source) in due.enumerated() {
            let isProven = nextDue[source] > 0 && failures[source] == 0
            queue.append(FetchQueue.Entry(index: index, url: urls[source], rule: rule, isProven: isProven))
        }
        var running: [(index: Int, end: Int64)] = []
        let last = now + Self.turn
        while true {
            while running.count < parallel, let entry = queue.take(&pace, at: now) {
                let source = due[entry.index]
                guard now < last, breaker.admits(Self.host, now: now) else {
                    queue.release(entry.index)
                    continue
                }
                begin(source)
                running.append((entry.index, now + (hanging.contains(source) ? hangTime : goodTime)))
            }
            if running.isEmpty, queue.isEmpty { return }
            let end = running.map(\.end).min() ?? .max
            let begin = running.count < parallel ? queue.wait(pace, at: now).map { now + max(1, $0) } ?? .max : .max
            now = min(end, begin)
            for transfer in running where transfer.end <= now {
                queue.release(transfer.index)
                finish(due[transfer.index])
            }
            running.removeAll { $0.end <= now }
        }
    }

    private mutating func begin(_ source: Int) {
        pace.begin(Self.host, at: now)
        starts.append(now)
        if nextDue[source] > 0, !hanging.contains(source) { lateness.append(now - nextDue[source]) }
    }

    private mutating func finish(_ source: Int) {
        let jitter = Double.random(in: 0...1, using: &random)
        let second = now / 1000
        let isScattered = nextDue[source] == 0 || failures[source] > 0
        if hanging.contains(source) {
            failures[source] += 1
            breaker.fail(Self.host, source: Int64(source), now: now)
            nextDue[source] = schedule.retry(at: second, failures: failures[source], jitter: jitter) * 1000
        } else {
            breaker.succeed(Self.host)
            failures[source] = 0
            nextDue[source] = schedule.success(at: second, jitter: jitter, isScattered: isScattered).nextDue * 1000
        }
    }
}
