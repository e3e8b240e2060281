import Encoding
import Foundation
import KeyCache
import OpenBanking
import Pipeline
import Refresh
import Simulator

/// B3: the directory is down for three days; until its keys are too old nothing suffers, then everything waits.
enum OutageBar {
    private static let count = 1000
    private static let hour: Int64 = 3600

    static func measure() throws -> [BarLine] {
        // Participants' keys are kept as long as the directory's, so that verdicts can be told from deferrals.
        let longer = ["organisation", "software", "revoked"].map { "    \($0): {unusable_after: 72h}" }
        let place = try Place(settings: "  classes:\n" + longer.joined(separator: "\n"))
        let now = place.directory.plan.now
        let filled = now - 72 * hour + 60
        try place.directory.renewLists(at: filled)
        let store = try place.filledStore(at: filled)
        try FileManager.default.removeItem(atPath: "\(place.folder)/mirror")
        var attempts = 0
        for time in stride(from: filled + hour, through: now, by: Int(hour)) {
            attempts += try place.pass(store, at: time, mirror: true).run(.due).failed
        }
        let campaign = try Campaign(place.forge, count: count)
        let judge = Benchmark(ByteSlice(campaign.bulk), plan: place.plan)
        func outcomes(_ time: UnixTime) throws -> [Outcome: Int] {
            let snapshot = try Snapshot.load(store, anchors: place.anchors, at: time)
            return Dictionary(try judge.round(snapshot, at: time).map { ($0, 1) }, uniquingKeysWith: +)
        }
        let (before, after) = (try outcomes(now), try outcomes(now + 120))
        return [
            BarLine(
                "B3",
                "directory down 71 h 59 m: 0 of \(count) valid jobs refused",
                "\(text(before)), after \(attempts) failed fetches",
                before[.accepted] == count
            ),
            BarLine(
                "B3",
                "at 72 h 01 m all of them wait, none is called badly signed",
                text(after),
                after[.deferred] == count
            ),
        ]
    }

    private static func text(_ outcomes: [Outcome: Int]) -> String {
        outcomes.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.rawValue)" }
            .joined(separator: " ")
    }
}
