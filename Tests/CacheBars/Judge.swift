import Encoding
import JOSE
import KeyCache
import OpenBanking
import Pipeline
import Rules
import Simulator

/// Judges good records from memory on one thread, against any view of the keys.
final class Judge {
    private let examiner: Examiner
    private let lines: [ByteSlice]
    private let now: UnixTime

    /// A judge of `count` good records.
    init(_ place: Place, count: Int) throws {
        let plan = place.plan
        examiner = Examiner(policy: plan.policy, book: plan.book, indexes: plan.indexes)
        now = place.directory.plan.now
        lines = try Campaign(place.forge, count: count).items.map { ByteSlice($0.line) }
    }

    var count: Int { lines.count }

    /// Judges each once; the number of those accepted.
    func round(_ trust: TrustView) -> Int {
        lines.count { line in
            examiner.examine(Delivery(.record(line), arrivedAt: now), now: now, trust: trust).outcome == .accepted
        }
    }
}
