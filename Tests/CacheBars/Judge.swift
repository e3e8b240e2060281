import Encoding
import KeyCache
import OpenBanking
import Pipeline
import Rules
import Simulator
import Synchronization

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

    /// A view that counts its look-ups.
    static func counting(_ trust: TrustView, _ counter: LookUpCounter) -> TrustView {
        var counted = trust
        counted.keySet = {
            counter.add(); return trust.keySet($0)
        }
        counted.revokedKeyID = {
            counter.add(); return trust.revokedKeyID($0, $1, $2)
        }
        counted.revokedKey = {
            counter.add(); return trust.revokedKey($0, $1, $2)
        }
        counted.revokedCertificate = {
            counter.add(); return trust.revokedCertificate($0, $1, $2)
        }
        counted.certificate = {
            counter.add(); return trust.certificate($0)
        }
        return counted
    }
}

/// Counts look-ups.
final class LookUpCounter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add() { count.add(1, ordering: .relaxed) }
}
