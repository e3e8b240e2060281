import Foundation
import KeyCache
import Pipeline
import Rules

/// B8: which share of a verdict the cache has, by instructions and by time.
enum CacheShareBar {
    private static let rounds = 41
    private static let requests = 400

    static func measure() throws -> [BarLine] { [try instructions(), try time()] }

    /// Instructions of the program itself, by callgrind: three rounds of `bench` over one workload less one round.
    private static func instructions() throws -> BarLine {
        let folder = "\(NSTemporaryDirectory())/counterfoil-share-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = ProgramRun.counterfoil
        let made = try ProgramRun([program, "bench", "--make", "work", "--requests", "\(requests)"], in: folder).wait()
        guard made.code == 0 else { throw Trouble("bench: \(made.errors)") }
        let words = ["bench", "--workload", "work", "--workers", "1", "--part", "validation", "--json", "--rounds"]
        // The first run fills the workload's cache.
        let filled = try ProgramRun([program] + words + ["1"], in: folder).wait()
        guard filled.code == 0 else { throw Trouble("bench: \(filled.errors)") }
        let few = try CallProfile(program, words + ["1"], in: folder)
        let many = try CallProfile(program, words + ["3"], in: folder)
        let verdicts = Double(2 * requests)
        let before = few.instructions(of: isLookUp)
        let costs = many.instructions(of: isLookUp).map { Double($0.value - (before[$0.key] ?? 0)) }.filter { $0 > 0 }
        let all = Double(many.total - few.total) / verdicts
        let lookUps = costs.reduce(0, +) / verdicts
        let share = lookUps / all * 100
        return BarLine(
            "B8",
            "the cache's share of a validated request <= 1 % of its instructions (callgrind, `bench`)",
            "\(share.text(2)) %: \(lookUps.text(0)) of \(all.text(0)), in \(costs.count) functions",
            share <= 1 && costs.count >= 5
        )
    }

    /// The rules' ways into the cache: the closures of their view, and a set's own look-up by kid.
    ///
    /// A closure is found by its own name or, where the compiler put it there, by that of what hands it its values. Vetting
    /// a certificate that no set lists is no look-up.
    private static func isLookUp(_ name: String) -> Bool {
        let isOfView = name.contains("9TrustViewV8Pipeline") && (name.hasSuffix("_") || name.hasSuffix("_TA"))
        return isOfView && !name.contains("Says5UInt8VG") || name.contains("6KeySetC10candidates")
    }

    /// Time, each look-up timed where it happens.
    private static func time() throws -> BarLine {
        let place = try Place()
        let now = place.directory.plan.now
        let store = try place.filledStore(at: now)
        let trust = TrustView(try Snapshot.load(store, anchors: place.anchors, at: now))
        let judge = try Judge(place, count: requests)
        let (times, clocks) = (LookUpTimes(), LookUpTimes(isEmpty: true))
        let views = (times.measuring(trust), clocks.measuring(trust))
        var verdicts: [Double] = []
        for _ in 0..<rounds {
            for (view, kept) in [(views.0, times), (views.1, clocks)] {
                guard judge.round(view) == judge.count else { throw Trouble("not all accepted") }
                kept.endRound()
            }
            verdicts.append(Meter.seconds { _ = judge.round(trust) })
        }
        let (lookUps, verdict) = (times.seconds() - clocks.seconds(), verdicts.sorted()[rounds / 2])
        let share = lookUps / verdict * 100
        let each = Double(judge.count) / 1e6
        return BarLine(
            "B8",
            "the cache's share of a validated request <= 1 % of its time (each look-up timed in the verdict)",
            "\(share.text(2)) %: \((Double(times.count) / Double(judge.count)).text(1)) look-ups in "
                + "\((lookUps / each).text(2)) of \((verdict / each).text(0)) us",
            share <= 1
        )
    }
}
