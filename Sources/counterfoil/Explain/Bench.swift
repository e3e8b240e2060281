import Encoding
import KeyCache
import Ledger
import OpenBanking
import Operations
import Pipeline
import Rules
import Spool

/// Judges requests by the rules, the cache and, where there is one, the ledger: nothing is issued, nothing is written.
final class Bench {
    let snapshot: Snapshot
    let plan: ProcessPlan
    let now: UnixTime
    /// The reading of the last request judged; valid until the next.
    var evidence: Evidence { examiner.evidence }
    /// False where there is no ledger yet: nothing was answered before, and no client exists.
    let hasLedger: Bool
    private let rehearsal: LedgerRehearsal
    private let batches: BatchRehearsal
    private var fault: PipelineError?
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
        trust = TrustView(snapshot, history: cache.history(in: snapshot))
        let ledger = try site.ledgerView()
        hasLedger = ledger != nil
        rehearsal = LedgerRehearsal(ledger, policy: plan.policy, now: snapshot.judged(now))
        batches = BatchRehearsal(ledger, plan: plan, now: snapshot.judged(now))
        examiner = Examiner(policy: plan.policy, book: plan.book, indexes: plan.indexes)
        self.listsUnreached = listsUnreached
    }

    /// Judges a single or a record that lies in a spool.
    func judge(_ file: TakenFile) throws(SpoolError) -> Judged {
        input.removeAll()
        certificate.removeAll()
        let text = try file.read(into: input)
        guard file.kind == .single else { return judge(.record(text)) }
        return judge(.bare(request: text, certificate: try file.readCertificate(into: certificate)))
    }

    /// Judges one line of a batch.
    func judge(_ line: BulkLine, of block: BulkBlock, _ mode: JudgingMode) -> Judged {
        line.isTooLong
            ? judge(.unreadable("the line is too long"), mode)
            : block.text(of: line).map { judge(.record($0), mode) }
                ?? judge(.unreadable("the line cannot be read"), mode)
    }

    /// Judges what was delivered just now, in a batch of that mode.
    func judge(_ content: Delivery.Content, _ mode: JudgingMode = .ordinary) -> Judged {
        let verdict = examiner.examine(
            Delivery(content, arrivedAt: now, mode: mode),
            now: snapshot.judged(now),
            trust: trust,
            listsUnreached: listsUnreached
        )
        do throws(LedgerError) {
            return Judged(rules: verdict, answer: try rehearsal.answer(evidence, verdict))
        } catch {
            fault = .ledger(error)
            return Judged(rules: verdict, answer: LedgerRehearsal.Answer(verdict))
        }
    }

    /// Why a batch in a spool would be refused as a whole; nil where its lines would be answered.
    func refusal(of batch: TakenFile) throws(SpoolError) -> BatchRehearsal.Refusal? {
        do throws(PipelineError) {
            return try batches.refusal(of: batch)
        } catch .spool(let error) {
            throw error
        } catch {
            fault = error
            return nil
        }
    }

    /// How a batch is judged by the manifest beside it; ordinary without one.
    ///
    /// Nothing is issued here, so that a migration is judged as one before the bank allows it.
    func mode(_ manifest: ByteSlice?) -> JudgingMode {
        guard let manifest, case .success(let read) = BatchManifest.read(manifest) else { return .ordinary }
        return read.mode
    }

    /// Throws what kept the ledger from being asked, so that no verdict stands that it might have changed.
    func finish() throws(Failure) {
        if let fault { throw Failure(fault) }
    }
}
