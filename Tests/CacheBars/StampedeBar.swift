import Dispatch
import Encoding
import KeyCache
import Refresh
import Simulator
import Synchronization

/// B1: however many look for a key at once in a cold cache, its source is asked once.
enum StampedeBar {
    private static let lookups = 10_000
    private static let refreshers = 8

    static func measure() throws -> [BarLine] {
        let server = try SimulatedServer()
        let place = try Place(server: server)
        defer { server.stop() }
        let store = try place.store()
        let now = place.directory.plan.now
        let software = place.directory.software[0]
        let path = KeyStorePath.keys(software.organisation.id, software.id)
        let url = place.directory.plan.baseURL + path
        let cell = try SnapshotCell(store: store, anchors: place.anchors, at: now)
        let found = Atomic<Int>(0)
        let asked = Atomic<Int>(0)
        let faults = Atomic<Int>(0)
        nonisolated(unsafe) let site = place  // only read: its configuration, its folder
        let began = Meter.wall
        DispatchQueue.concurrentPerform(iterations: lookups) { number in
            let snapshot = cell.snapshot
            if snapshot.keySet(url) != nil { found.add(1, ordering: .relaxed) }
            guard number.isMultiple(of: lookups / 100) else { return }
            do {
                // What a group of requests that miss the set leaves behind, and refreshers that all see it at once.
                try store.recordWanted([WantedKey(url: url, kid: nil, since: now)])
                guard number.isMultiple(of: lookups / refreshers) else { return }
                asked.add(1, ordering: .relaxed)
                _ = try site.pass(store, at: now, mirror: false).run(.due)
            } catch {
                faults.add(1, ordering: .relaxed)
            }
        }
        let wall = Meter.wall - began
        _ = try place.pass(store, at: now, mirror: false).run(.due)
        let gets = server.answers(path).count
        let good = try Snapshot.load(store, anchors: place.anchors, at: now).keySet(url) != nil
        return [
            BarLine(
                "B1",
                "10,000 parallel cold look-ups cause 1 GET",
                "\(lookups) look-ups (\(found.load(ordering: .relaxed)) after the set came), "
                    + "\(asked.load(ordering: .relaxed)) refreshes at once, \(gets) GET, \(wall.text(1)) s",
                gets == 1 && good && faults.load(ordering: .relaxed) == 0
            )
        ]
    }
}
