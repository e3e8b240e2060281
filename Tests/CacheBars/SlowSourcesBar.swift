import Encoding
import Fetch
import Foundation
import KeyCache
import OpenBanking
import Operations
import Refresh
import Simulator

/// B11, second half: 2,000 sources of one host of which every tenth never answers; the others must not wait for them.
///
/// Passes are made as the daemon makes them. Time runs fifteen times as fast as in a real site: an interval of 60 s for
/// 15 min, 667 ms for the 10 s of a transfer and of a pass's turn, a look at the schedule every 333 ms for 5 s, 150
/// fetches a second for 10.
enum SlowSourcesBar {
    private static let sources = 2000
    private static let interval: Int64 = 60
    private static let rounds = 3.0

    static func measure() throws -> [BarLine] {
        let server = try SimulatedServer()
        let place = try Place(server: server, settings: "  classes:\n    software: {every: \(interval)s}")
        defer { server.stop() }
        let store = try KeyStore.open(
            path: place.configuration.refresh.cache,
            settings: ConfiguredCache.settings(place.configuration)
        )
        let one = place.directory.software[0]
        let body = place.directory.body(KeyStorePath.keys(one.organisation.id, one.id))
        let paths = (0..<sources).map { "/org\($0)/software\($0).jwks" }
        for (number, path) in paths.enumerated() {
            place.directory.setBody(body, of: path)
            if number % 10 == 3 { server.script(path, .hang) }
        }
        let seeds = paths.map { SourceSeed(url: server.baseURL + $0, class: .software, origin: .configuration) }
        try store.upsert(seeds, at: Place.now)
        let lateness = try run(store, place)
        let hung = try store.allSources().count { $0.lastSuccess == nil }
        let limit = interval / 10
        guard let last = lateness.last else { throw Trouble("nothing was fetched") }
        let p99 = lateness[lateness.count * 99 / 100]
        return [
            BarLine(
                "B11",
                "10 % of 2,000 sources hang: p99 lateness of the others <= 10 % of the interval",
                "p99 \(p99) s, longest \(last) s of \(interval) s over \(lateness.count) fetches; \(hung) hang",
                p99 <= limit && hung == sources / 10
            )
        ]
    }

    /// Lives through some intervals and returns how late each fetch of a healthy source came, sorted.
    private static func run(_ store: KeyStore, _ place: Place) throws -> [Int64] {
        var fetch = ConfiguredFetch.settings(place.configuration, credentials: nil)
        (fetch.timeoutMilliseconds, fetch.ratePerHost) = (667, 150)
        let pass = RefreshPass(store: store, anchors: place.anchors, route: .network(try Fetcher(fetch)))
        var lateness: [Int64] = []
        let began = Meter.wall
        while Meter.wall - began < rounds * Double(interval) {
            let due = Dictionary(try store.dueSources(at: Place.now).map { ($0.url, $0) }) { first, _ in first }
            _ = try pass.run(
                .due,
                turn: RefreshPass.turn / 15,
                onLine: { line in
                    guard let source = due[line.url], source.nextDue > 0, source.failureCount == 0 else { return }
                    lateness.append(max(0, Place.now - source.nextDue))
                }
            )
            usleep(333_000)
        }
        return lateness.sorted()
    }
}
