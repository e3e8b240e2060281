import Crypto
import KeyCache
import Pipeline
import Rules
import Simulator

/// B9: what a verdict costs where the issuing authority's revocation list has 100,000 entries.
enum LargeListBar {
    private static let entries = 100_000

    static func measure() throws -> [BarLine] {
        let place = try Place()
        let now = place.directory.plan.now
        let small = try place.filledStore(at: now)
        let judge = try Judge(place, count: 400)
        let without = try Snapshot.load(small, anchors: place.anchors, at: now)
        let serials = (0..<entries).map { number in
            CRLTemplate.Entry(serial: [0x70] + withUnsafeBytes(of: number.bigEndian) { Array($0) }, at: now - 86_400)
        }
        let list = try place.directory.authority.issuingList(number: 1 << 32, at: now, revoked: serials)
        place.directory.setBody(list, of: AuthorityPath.issuingList)
        let large = try place.filledStore(at: now)
        let with = try Snapshot.load(large, anchors: place.anchors, at: now)
        let held = with.listStatuses.map(\.entries).max() ?? 0
        let (a, b) = (TrustView(without), TrustView(with))
        guard judge.round(a) == judge.count, judge.round(b) == judge.count else { throw Trouble("not all accepted") }
        var (fastest, slowest) = ((a: Double.infinity, b: Double.infinity), 0.0)
        for _ in 0..<7 {
            fastest.a = min(fastest.a, Meter.seconds { _ = judge.round(a) })
            fastest.b = min(fastest.b, Meter.seconds { _ = judge.round(b) })
            slowest = max(slowest, fastest.b)
        }
        let ratio = fastest.b / fastest.a
        let each = fastest.b / Double(judge.count) * 1e6
        return [
            BarLine(
                "B9",
                "a list of 100,000 entries: verdict <= 1.2 x the time with 50",
                "\(ratio.text(3)) x, \(each.text(0)) us a verdict, list of \(held) entries in use",
                ratio <= 1.2 && held == entries
            )
        ]
    }
}
