import Encoding
import KeyCache
import Refresh
import Simulator

/// B2: a million unknown kids in ten virtual minutes, and keys that really rotate meanwhile.
///
/// The flood names kids of the directory's own set (anyone can, a statement need not verify) and of the sets of half of
/// all software (their owners can). Sets of the other half rotate at several moments, and so do two flooded ones.
enum UnknownKeyBar {
    private static let kids = 1_000_000
    private static let seconds: Int64 = 600
    private static let tick: Int64 = 5
    private static let group = 1024

    /// A set that gets a new key at some second of the flood.
    private struct Rotation {
        let url: String
        let kid: String
        let second: Int64
        let isFlooded: Bool
        let rotate: () throws -> Void
        var isDone = false
        /// How many seconds later the key was usable.
        var delay: Int64?
    }

    static func measure() throws -> [BarLine] {
        let server = try SimulatedServer()
        let place = try Place(server: server)
        defer { server.stop() }
        let start = place.directory.plan.now
        let store = try place.store()
        _ = try place.pass(store, at: start, mirror: false).run(.all)
        let software = place.directory.software
        let flooded = [place.directory.directoryURL] + software.prefix(software.count / 2).map { url($0, place) }
        var rotations = rotations(place)
        var forced: [String: Int] = [:]
        var number = 0
        for second in stride(from: Int64(0), to: seconds, by: Int(tick)) {
            let now = start + second
            for (index, rotation) in rotations.enumerated() where !rotation.isDone && rotation.second <= second {
                try rotation.rotate()
                rotations[index].isDone = true
            }
            let until = kids * Int(second + tick) / Int(seconds)
            while number < until {
                let last = min(number + group, until)
                let wanted = (number..<last).map { number in
                    WantedKey(url: flooded[number % flooded.count], kid: "junk-\(number)\n", since: now)
                }
                try store.recordWanted(wanted)
                number = last
            }
            // The request signed with the new key waits and is tried again.
            let waiting = rotations.filter { $0.isDone && $0.delay == nil }
            try store.recordWanted(waiting.map { WantedKey(url: $0.url, kid: $0.kid, since: now) })
            let planned = Set(try store.allSources().filter { $0.nextDue <= now }.map(\.url))
            for line in try place.pass(store, at: now, mirror: false).run(.due).lines
            where !planned.contains(line.url) && line.outcome != .skipped { forced[line.url, default: 0] += 1 }
            guard !waiting.isEmpty else { continue }
            let snapshot = try Snapshot.load(store, anchors: place.anchors, at: now)
            for (index, rotation) in rotations.enumerated() where rotation.isDone && rotation.delay == nil {
                guard snapshot.keySet(rotation.url)?.contains(kid: ByteSlice(rotation.kid)) == true else { continue }
                rotations[index].delay = second - rotation.second
            }
        }
        let (most, all) = (forced.values.max() ?? 0, forced.values.reduce(0, +))
        let calm = rotations.filter { !$0.isFlooded }
        return [
            BarLine(
                "B2",
                "1e6 unknown kids in 10 min force <= 5 GETs a source, <= 300 in all",
                "\(number) kids over \(flooded.count) sources, most \(most) a source, \(all) in all, "
                    + "\(server.requestCount) GETs with those due",
                most <= 5 && all <= 300 && number == kids
            ),
            BarLine(
                "B2",
                "a true rotation in the flood is usable after <= 60 s",
                "\(text(calm)); of flooded sets themselves \(text(rotations.filter(\.isFlooded)))"
                    + " (5 GETs in 10 min cannot promise less than 120 s)",
                calm.allSatisfy { $0.delay.map { $0 <= 60 } ?? false }
            ),
        ]
    }

    private static func text(_ rotations: [Rotation]) -> String {
        rotations.map { $0.delay.map { "\($0) s" } ?? "never" }.joined(separator: ", ")
    }

    private static func rotations(_ place: Place) -> [Rotation] {
        let directory = place.directory
        let software = directory.software
        func rotation(_ number: Int, _ second: Int64, isFlooded: Bool) -> Rotation {
            let one = software[number]
            return Rotation(url: url(one, place), kid: one.next.key.kid, second: second, isFlooded: isFlooded) {
                try directory.rotateSoftwareKey(one.id)
            }
        }
        let own = Rotation(url: directory.directoryURL, kid: directory.nextKey.kid, second: 200, isFlooded: true) {
            try directory.rotateDirectoryKey()
        }
        return [
            rotation(software.count - 1, 150, isFlooded: false), rotation(software.count - 2, 300, isFlooded: false),
            rotation(software.count - 3, 455, isFlooded: false), rotation(0, 350, isFlooded: true), own,
        ]
    }

    private static func url(_ software: SimulatedSoftware, _ place: Place) -> String {
        place.directory.plan.baseURL + KeyStorePath.keys(software.organisation.id, software.id)
    }
}
