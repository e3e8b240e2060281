import Fetch
import KeyCache
import OpenBanking
import Operations
import Refresh
import Simulator

/// B12: 2,000 sources refreshed for a virtual day: no second with many requests, and due times spread evenly.
///
/// The schedule is the real one, a pass every five seconds as the daemon makes them, the cold start at the pace a host
/// is asked at most.
enum HerdBar {
    private static let sources = 2000
    private static let perSecond = 10
    private static let tick: Int64 = 5
    private static let bins = 20
    private static let coldSources = 200

    /// Days that are lived through; the median counts, as one of a hundred evenly spread days looks uneven by chance.
    private static let days = 5

    static func measure() throws -> [BarLine] {
        let values = (0..<days).map { _ in day() }
        let (early, late) = (median(values.map(\.early)), median(values.map(\.late)))
        let peak = try coldStart()
        // The 99th percentile of chi square with 19 degrees of freedom.
        let limit = 36.19
        return [
            BarLine(
                "B12",
                "2,000 sources from a cold start on: due times uniform (chi square, p > 0.01)",
                "after 1 virtual hour \(early.text(1)), after 24 \(late.text(1)) over \(bins) bins, limit \(limit), "
                    + "medians of \(days) days",
                early <= limit && late <= limit
            ),
            BarLine(
                "B12",
                "a cold start asks a host for <= 10 a second",
                "\(peak) at most in any second, of \(coldSources) sources of one host",
                peak > 0 && peak <= Self.perSecond
            ),
        ]
    }

    /// A day from a cold start on; how evenly due times are spread after an hour, and at its end.
    private static func day() -> (early: Double, late: Double) {
        let schedule = Schedule(.participant)
        var due = [Int64](repeating: 0, count: sources)
        var perSecond: [Int64: Int] = [:]
        var clock: Int64 = 0
        var early: Double?
        while clock < 24 * 3600 {
            var second = clock
            for source in due.indices.filter({ due[$0] <= clock }).sorted(by: { due[$0] < due[$1] }) {
                if perSecond[second, default: 0] == Self.perSecond { second += 1 }
                perSecond[second, default: 0] += 1
                let jitter = Double.random(in: 0...1)
                due[source] = schedule.success(at: second, jitter: jitter, isScattered: due[source] == 0).nextDue
            }
            clock = max(clock + tick, second)
            if early == nil, clock >= 3600 { early = chiSquare(due, from: clock) }
        }
        return (early ?? .infinity, chiSquare(due, from: clock))
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    /// Fetches many sources of one host for the first time and returns the most that began within a second.
    private static func coldStart() throws -> Int {
        let server = try SimulatedServer()
        let place = try Place(server: server)
        defer { server.stop() }
        let one = place.directory.software[0]
        let body = place.directory.body(KeyStorePath.keys(one.organisation.id, one.id))
        let paths = (0..<coldSources).map { "/org\($0)/software\($0).jwks" }
        for path in paths { place.directory.setBody(body, of: path) }
        let fetcher = try Fetcher(ConfiguredFetch.settings(place.configuration, credentials: nil))
        var starts: [Double] = []
        var good = 0
        fetcher.fetch(
            paths.map { FetchRequest(url: server.baseURL + $0, class: .keySet) },
            admit: { _, _ in
                starts.append(Meter.wall)
                return nil
            },
            deliver: { result in
                if case .success = result.outcome { good += 1 }
            }
        )
        guard good == coldSources else { throw Trouble("only \(good) were fetched") }
        return starts.indices.map { first in starts[first...].prefix { $0 < starts[first] + 0.999 }.count }.max() ?? 0
    }

    /// Over the window in which every source has one due time: as many are due in each part as in any other.
    private static func chiSquare(_ due: [Int64], from clock: Int64) -> Double {
        let window = Int64(ClassLimits.participant.every) * 8 / 10
        var counts = [Int](repeating: 0, count: bins)
        var inWindow = 0
        for time in due where time >= clock && time < clock + window {
            counts[Int((time - clock) * Int64(bins) / window)] += 1
            inWindow += 1
        }
        let expected = Double(inWindow) / Double(bins)
        return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
    }
}
