import Foundation
import KeyCache

/// B8: what one look-up of a key costs, and that it waits for nothing.
enum HotPathBar {
    /// What `cache-bars lookups N` does under an instrument.
    static func lookUp(rounds: Int) {
        guard let world = try? HotWorld() else { exit(2) }
        var found = 0
        for _ in 0..<rounds { found += world.round(world.snapshot) }
        print(found == rounds * world.questions.count ? "ok" : "lost")
    }

    static func measure() throws -> [BarLine] {
        let world = try HotWorld()
        let rounds = 2000
        guard world.round(world.snapshot) == world.questions.count else { throw Trouble("a key is not found") }
        var seconds = Double.infinity
        for _ in 0..<5 {
            seconds = min(seconds, Meter.seconds { for _ in 0..<rounds { _ = world.round(world.snapshot) } })
        }
        let each = seconds / Double(rounds * world.questions.count) * 1e9
        let taken = Meter.seconds { for _ in 0..<100_000 { _ = world.cell.snapshot.generation } } / 100_000 * 1e9
        return [
            try instrumented(world.questions.count),
            BarLine(
                "B8",
                "a look-up of set and key <= 1 us CPU",
                "\(each.text(0)) ns; taking the snapshot, once a group: \(taken.text(0)) ns",
                each <= 1000
            ),
        ]
    }

    /// Counts, under callgrind, the calls that synchronise, in many look-ups less those in few.
    private static func instrumented(_ questions: Int) throws -> BarLine {
        let (few, many) = (try calls(rounds: 2), try calls(rounds: 42))
        let lookups = Double(40 * questions)
        var perName: [(name: String, count: Double)] = []
        for (name, count) in many {
            let extra = Double(count - (few[name] ?? 0)) / lookups
            // Setting up differs from run to run by a few calls; what a look-up does it does each time.
            if extra > 0.1 { perName.append((name, extra)) }
        }
        perName.sort { $0.count > $1.count }
        let locks = perName.filter { isLock($0.name) }
        let counts = perName.filter { $0.name.contains("swift_retain") || $0.name.contains("swift_release") }
            .reduce(0) { $0 + $1.count }
        let database = perName.contains { $0.name.hasPrefix("sqlite3") }
        let top = perName.prefix(6).map { "\($0.name.prefix(40)) \($0.count.text(1))" }.joined(separator: ", ")
        return BarLine(
            "B8",
            "0 locks and 0 SQLite calls a look-up (callgrind, \(Int(lookups)) look-ups)",
            "\(locks.isEmpty ? "none" : "\(locks)"), \(counts.text(1)) counts of references; calls: \(top)",
            locks.isEmpty && !database && !perName.isEmpty
        )
    }

    private static func isLock(_ name: String) -> Bool {
        ["pthread_mutex", "pthread_rwlock", "pthread_cond", "futex", "os_unfair", "swift_once", "Mutex"]
            .contains { name.contains($0) }
    }

    /// How often each function was called.
    private static func calls(rounds: Int) throws -> [String: Int] {
        let profile = try CallProfile(ProgramRun.ownPath, ["lookups", "\(rounds)"], in: NSTemporaryDirectory())
        guard profile.printed == "ok\n" else { throw Trouble("a key is not found") }
        return profile.calls
    }
}
