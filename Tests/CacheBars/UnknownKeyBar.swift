import Encoding
import KeyCache
import Refresh
import Simulator

/// B2: a million unknown kids in ten virtual minutes, and a key that really rotates meanwhile.
///
/// The flood names kids of the directory's own set (anyone can, a statement need not verify) and of the sets of half of
/// all software (their owners can). The other half and one flooded set rotate in the middle.
enum UnknownKeyBar {
    private static let kids = 1_000_000
    private static let seconds: Int64 = 600
    private static let tick: Int64 = 5
    private static let group = 1024

    static func measure() throws -> [BarLine] {
        let server = try SimulatedServer()
        let place = try Place(server: server)
        defer { server.stop() }
        let start = place.directory.plan.now
        let store = try place.store()
        let pass = try place.pass(store, at: start, mirror: false)
        _ = try pass.run(.all)
        let software = place.directory.software
        let flooded = [place.directory.directoryURL] + software.prefix(software.count / 2).map { url($0, place) }
        var victims: [(name: String, url: String, id: String, kid: String, usableAfter: Int64?)] = []
        for (name, one) in [("unflooded", software[software.count - 1]), ("flooded", software[0])] {
            victims.append((name, url(one, place), one.id, one.next.key.kid, nil))
        }
        var forced: [String: Int] = [:]
        var number = 0
        for second in stride(from: Int64(0), to: seconds, by: Int(tick)) {
            let now = start + second
            if second == seconds / 2 { for victim in victims { try place.directory.rotateSoftwareKey(victim.id) } }
            let until = kids * Int(second + tick) / Int(seconds)
            while number < until {
                let last = min(number + group, until)
                try store.recordWanted(
                    (number..<last).map { number in
                        WantedKey(url: flooded[number % flooded.count], kid: "junk-\(number)\n", since: now)
                    }
                )
                number = last
            }
            if second >= seconds / 2 {
                for victim in victims where victim.usableAfter == nil {
                    try store.recordWanted([WantedKey(url: victim.url, kid: victim.kid, since: start + seconds / 2)])
                }
            }
            for source in try store.dueSources(at: now) where source.nextDue > now {
                forced[source.url, default: 0] += 1
            }
            _ = try place.pass(store, at: now, mirror: false).run(.due)
            guard second >= seconds / 2 else { continue }
            let snapshot = try Snapshot.load(store, anchors: place.anchors, at: now)
            for (index, victim) in victims.enumerated() where victim.usableAfter == nil {
                guard snapshot.keySet(victim.url)?.contains(kid: ByteSlice(victim.kid)) == true else { continue }
                victims[index].usableAfter = second - seconds / 2
            }
        }
        let (most, all) = (forced.values.max() ?? 0, forced.values.reduce(0, +))
        let delays = victims.map { "\($0.name) \($0.usableAfter.map { "\($0) s" } ?? "never")" }
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
                delays.joined(separator: ", "),
                victims.allSatisfy { $0.usableAfter.map { $0 <= 60 } ?? false }
            ),
        ]
    }

    private static func url(_ software: SimulatedSoftware, _ place: Place) -> String {
        place.directory.plan.baseURL + KeyStorePath.keys(software.organisation.id, software.id)
    }
}
