import Encoding
import Foundation
import JOSE
import KeyCache
import Simulator

/// B6: refresh is killed at random points; the cache must be whole and hold whole sets of one of two directories.
enum CrashBar {
    private static let kills = 1000

    static func measure() throws -> [BarLine] {
        let place = try Place(organisations: 2)
        let first = try sets(place, "mirror")
        for software in place.directory.software { try place.directory.rotateSoftwareKey(software.id) }
        let second = try sets(place, "other")
        let mirrors = ["mirror", "other"]
        try place.run("refresh", "--all", "--mirror", "mirror")
        // As long as a whole run usually takes, and a little more, so that some runs get to their end.
        let whole = try (0..<9).map { try place.run("refresh", "--all", "--mirror", mirrors[($0 + 1) % 2]).wall }
        var longest = whole.sorted()[whole.count / 2] * 1.1
        var random = SystemRandomNumberGenerator()
        var (cut, broken, mixed, generation, advanced) = (0, 0, 0, 0, 0)
        for number in 0..<kills {
            let run = try place.start("refresh", "--all", "--mirror", mirrors[number % 2])
            usleep(UInt32(Double.random(in: 0..<longest, using: &random) * 1e6))
            run.signal(SIGKILL)
            // A machine that is now busy and now idle: the window follows, so that one run in five gets to its end.
            let isCut = try run.wait().code == -SIGKILL
            if isCut { cut += 1 }
            longest *= isCut ? 1.005 : 0.98
            let check = try ProgramRun(
                ["sqlite3", place.configuration.refresh.cache, "PRAGMA integrity_check; PRAGMA foreign_key_check"],
                in: place.folder
            )
            if try check.wait().output != "ok\n" { broken += 1 }
            let store = try place.store()
            if try store.firstBrokenEvent() != nil { broken += 1 }
            let snapshot = try Snapshot.load(store, anchors: place.anchors, at: place.directory.plan.now)
            if snapshot.generation < generation { broken += 1 }
            if snapshot.generation > generation { advanced += 1 }
            generation = snapshot.generation
            for (url, kids) in first {
                let now = active(snapshot, url)
                if now != kids && now != second[url] { mixed += 1 }
            }
            try store.close()
        }
        return [
            BarLine(
                "B6",
                "kill -9 at \(kills) random points of refresh: whole database, snapshot = last commit",
                "\(cut) cut off, the last within \((longest * 1000).text(0)) ms, \(advanced) times something was committed before, "
                    + "\(broken) broken, \(mixed) mixed sets",
                broken == 0 && mixed == 0 && cut > kills / 2 && advanced > kills / 10
            )
        ]
    }

    /// Publishes the directory and returns the kids of each set in use.
    private static func sets(_ place: Place, _ mirror: String) throws -> [String: Set<String>] {
        try place.directory.publish(toMirror: "\(place.folder)/\(mirror)")
        var sets: [String: Set<String>] = [:]
        for software in place.directory.software {
            for id in [software.id, software.organisation.id] {
                let path = KeyStorePath.keys(software.organisation.id, id)
                guard let body = place.directory.body(path) else { continue }
                let kids = try JWKSet.decode(body, limits: .standard).keys.compactMap(\.kid)
                sets[place.directory.plan.baseURL + path] = Set(kids.map { String(decoding: $0, as: UTF8.self) })
            }
        }
        return sets
    }

    /// The kids of a set that are listed now.
    private static func active(_ snapshot: Snapshot, _ url: String) -> Set<String> {
        guard let set = snapshot.keySet(url) else { return [] }
        let listed = zip(set.keys, set.standings).filter { _, standing in
            switch standing {
            case .active, .expired: true
            default: false
            }
        }
        return Set(listed.compactMap(\.0.kid).map { String(decoding: $0, as: UTF8.self) })
    }
}
