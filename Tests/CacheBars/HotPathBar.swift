import Foundation
import KeyCache
import Pipeline
import Rules

/// B8: what one look-up of a key costs, and which share of a verdict the cache has.
enum HotPathBar {
    /// What `cache-bars lookups N` does under an instrument.
    static func lookUp(rounds: Int) {
        guard let world = try? HotWorld() else { exit(2) }
        var found = 0
        for _ in 0..<rounds { found += world.round(world.snapshot) }
        print(found == rounds * world.questions.count ? "ok" : "lost")
    }

    /// What `cache-bars verdicts N` does under an instrument: the look-ups of verdicts, without the verdicts.
    static func replay(rounds: Int) throws {
        let place = try Place()
        let store = try place.filledStore(at: place.directory.plan.now)
        let snapshot = try Snapshot.load(store, anchors: place.anchors, at: place.directory.plan.now)
        let judge = try Judge(place, count: 400)
        let tape = LookUpTape()
        _ = judge.round(tape.recording(TrustView(snapshot)))
        let seconds = Meter.seconds { for _ in 0..<rounds { tape.replay() } }
        print("\((seconds / Double(rounds * judge.count) * 1e6).text(3)) us a verdict")
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
            try share(),
        ]
    }

    /// Replays every look-up of some verdicts, with the keys' own look-up for each set, and compares with the verdicts.
    private static func share() throws -> BarLine {
        let place = try Place()
        let store = try place.filledStore(at: place.directory.plan.now)
        let snapshot = try Snapshot.load(store, anchors: place.anchors, at: place.directory.plan.now)
        let trust = TrustView(snapshot)
        let judge = try Judge(place, count: 400)
        let tape = LookUpTape()
        guard judge.round(tape.recording(trust)) == judge.count else { throw Trouble("not all accepted") }
        var (verdicts, lookups) = (Double.infinity, Double.infinity)
        for _ in 0..<7 {
            verdicts = min(verdicts, Meter.seconds { _ = judge.round(trust) })
            lookups = min(lookups, Meter.seconds { tape.replay() })
        }
        let share = lookups / verdicts * 100
        let each = Double(judge.count) / 1e6
        return BarLine(
            "B8",
            "the cache's share of a validated request <= 1 %",
            "\(share.text(2)) %: \((Double(tape.count) / Double(judge.count)).text(1)) look-ups in "
                + "\((lookups / each).text(2)) of \((verdicts / each).text(0)) us",
            share <= 1
        )
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

    /// How often each function was called, by callgrind.
    private static func calls(rounds: Int) throws -> [String: Int] {
        let folder = NSTemporaryDirectory()
        let output = "\(folder)/counterfoil-calls-\(UUID().uuidString)"
        // Valgrind cannot read the debug information of a Swift binary; names are enough.
        let plain = "\(output).binary"
        defer { for path in [output, plain] { try? FileManager.default.removeItem(atPath: path) } }
        _ = try ProgramRun(["strip", "-g", "-o", plain, ProgramRun.ownPath], in: folder).wait()
        let words = [
            "valgrind", "--tool=callgrind", "--callgrind-out-file=\(output)", plain, "lookups",
            "\(rounds)",
        ]
        let result = try ProgramRun(words, in: folder).wait()
        guard result.code == 0, result.output == "ok\n" else {
            throw Trouble("callgrind: \(result.errors.suffix(300))")
        }
        var names: [Substring: Substring] = [:]
        var counts: [String: Int] = [:]
        var callee: Substring = ""
        for line in try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n") {
            if line.hasPrefix("fn=(") || line.hasPrefix("cfn=(") {
                let rest = line.drop { $0 != "(" }
                let id = rest.prefix { $0 != ")" }
                let name = rest.dropFirst(id.count + 1).drop { $0 == " " }
                if !name.isEmpty { names[id] = name }
                if line.hasPrefix("cfn") { callee = names[id] ?? id }
            } else if line.hasPrefix("calls="), let count = Int(line.dropFirst(6).prefix { $0 != " " }) {
                counts[String(callee), default: 0] += count
            }
        }
        return counts
    }
}
