import Encoding
import KeyCache
import Simulator

/// B16: the log of the cache is whole after a life of rotations, holds and failures.
enum AuditBar {
    private static let rounds = 40

    static func measure() throws -> [BarLine] {
        let place = try Place()
        let start = place.directory.plan.now
        let store = try place.filledStore(at: start)
        let software = place.directory.software
        for round in 1...rounds {
            let time = start + Int64(round) * 60
            let one = software[round % software.count]
            switch round % 4 {
            case 0: try place.directory.rotateSoftwareKey(one.id, keepOld: round.isMultiple(of: 8))
            case 1: try place.directory.revokeSoftwareKey(one.id)
            case 2: try place.directory.rotateDirectoryKey()
            default:
                let path = KeyStorePath.keys(one.organisation.id, one.id)
                place.directory.setBody(Array("{\"keys\":[]}".utf8), of: path)
            }
            try place.directory.publish(toMirror: "\(place.folder)/mirror")
            _ = try place.pass(store, at: time, mirror: true).run(.all)
        }
        let events = try store.events(limit: 100_000)
        let broken = try store.firstBrokenEvent()
        let whole = events.count > rounds && broken == nil
        // One byte of one event in the middle, changed behind the log's back, must be found.
        try store.close()
        let middle = events[events.count / 2].seq
        let change = "UPDATE event SET data = data || ' ' WHERE seq = \(middle)"
        _ = try ProgramRun(["sqlite3", place.configuration.refresh.cache, change], in: place.folder).wait()
        let found = try place.store().firstBrokenEvent()
        return [
            BarLine(
                "B16",
                "the chain of the cache's events verifies, and tells the first that was changed",
                "\(events.count) events whole: \(broken.map { "broken at \($0)" } ?? "yes"); changed \(middle), found \(found ?? 0)",
                whole && found == middle
            )
        ]
    }
}
