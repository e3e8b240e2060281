import Encoding
import KeyCache
import OpenBanking
import Operations
import Pipeline
import Rules
import Spool

/// Judges requests by the rules and the cache alone: nothing is issued, nothing is written, the ledger is not asked.
final class Bench {
    let snapshot: Snapshot
    let plan: ProcessPlan
    let now: UnixTime
    /// The reading of the last request judged; valid until the next.
    var evidence: Evidence { examiner.evidence }
    private let trust: TrustView
    private let examiner: Examiner
    private let input = ByteBuffer(capacity: 64 << 10)
    private let certificate = ByteBuffer(capacity: 16 << 10)
    private let listsUnreached: Bool

    /// A bench with the keys of the cache as they are now; `listsUnreached` for who wants every rule named.
    init(_ site: Site, listsUnreached: Bool = false) throws(Failure) {
        now = site.clock.now()
        plan = try site.judgingPlan()
        let (cache, anchors) = (try site.cacheView(), try site.anchors())
        do throws(KeyStoreError) {
            snapshot = try Snapshot.load(cache, anchors: anchors, at: now)
        } catch {
            throw Failure(error)
        }
        trust = TrustView(snapshot)
        examiner = Examiner(policy: plan.policy, book: plan.book, indexes: plan.indexes)
        self.listsUnreached = listsUnreached
    }

    /// Judges a single or a record that lies in a spool.
    func judge(_ file: TakenFile) throws(SpoolError) -> Verdict {
        input.removeAll()
        certificate.removeAll()
        let text = try file.read(into: input)
        guard file.kind == .single else { return judge(.record(text)) }
        return judge(.bare(request: text, certificate: try file.readCertificate(into: certificate)))
    }

    /// Judges one line of a batch.
    func judge(_ line: BulkLine, of block: BulkBlock) -> Verdict {
        line.isTooLong
            ? judge(.unreadable("the line is too long"))
            : block.text(of: line).map { judge(.record($0)) } ?? judge(.unreadable("the line cannot be read"))
    }

    /// Judges what was delivered just now.
    func judge(_ content: Delivery.Content) -> Verdict {
        examiner.examine(
            Delivery(content, arrivedAt: now),
            now: now,
            trust: trust,
            listsUnreached: listsUnreached
        )
    }
}
