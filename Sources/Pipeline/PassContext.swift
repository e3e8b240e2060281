import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules
import Spool
import Synchronization

/// What all parts of a pass share: the places, the plan, the workers and the state of the keys.
final class PassContext {
    let spool: Spool
    let ledger: Ledger
    let plan: ProcessPlan
    let pool: WorkerPool
    let decider: Decider
    let trust: TrustView
    let now: UnixTime
    /// Requests that waited when the pass began, by the name of their file in `deferred`.
    var waiting: [String: DeferredEntry] = [:]
    var tally = PassTally()
    /// By the numbers of lost results, which files in their places have other bytes.
    var otherBytes: [Int64: String] = [:]
    /// How long the stages of groups took, until the ledger keeps it.
    var times = StageTimes()
    private let begunAt: Int64
    /// Hears how far the pass is after each group.
    var onProgress: (PassProgress) -> Void = { _ in }
    /// Hears of each request once its group is committed; nil costs nothing.
    var onAnswer: ((AnsweredRequest) -> Void)?
    /// Hears of each result that is lost once that is committed.
    var onLost: (String, String) -> Void = { _, _ in }
    /// The bytes of files from `incoming` that are done.
    private var doneBytes: Int64 = 0

    var day: String { SpoolLayout.day(now) }

    init(spool: Spool, ledger: Ledger, plan: ProcessPlan, pool: WorkerPool, trust: TrustView, now: UnixTime) {
        self.spool = spool
        self.ledger = ledger
        self.plan = plan
        self.pool = pool
        self.trust = trust
        self.now = now
        begunAt = plan.milliseconds()
        decider = Decider(plan)
    }

    /// Notes how far the pass is, for its pace.
    func notePace() { tally.pace.add(answered: tally.requests, at: plan.milliseconds() - begunAt) }

    /// Counts a decision that was committed, and tells of it.
    func answered(
        _ decision: Decision,
        _ digest: @autoclosure () -> SHA256Digest?,
        _ file: TakenFile,
        line: Int? = nil
    ) {
        tally.add(decision)
        guard let onAnswer, let digest = digest() else { return }
        onAnswer(
            AnsweredRequest(
                request: digest,
                file: file.name,
                line: line,
                outcome: decision.outcome,
                rule: decision.rule,
                wanted: decision.wanted,
                isRetry: file.deferred != nil,
                hasExpired: decision.hasExpired
            )
        )
    }

    /// Tells that a group of files from `incoming` is done, or of others where `bytes` is 0.
    func progressed(bytes: Int64) {
        doneBytes += bytes
        onProgress(PassProgress(tally: tally, bytes: doneBytes, batch: nil))
    }

    /// Tells that a batch is done up to an offset.
    func progressed(batch: String, offset: Int64) {
        onProgress(PassProgress(tally: tally, bytes: doneBytes + offset, batch: batch))
    }

    /// Notes how long a stage took that began at `begun`; when it ended.
    @discardableResult
    func note(_ stage: WorkStage, since begun: Int64) -> Int64 {
        let now = plan.milliseconds()
        times.note(stage, now - begun)
        return now
    }

    /// Runs the transaction of one group; a fault of the spool inside gives the group up.
    func commit<R>(_ name: String, _ body: (LedgerGroup) throws(PipelineError) -> R) throws(PipelineError) -> R {
        var fault: PipelineError?
        var begun = plan.milliseconds()
        do throws(LedgerError) {
            defer { if !name.isEmpty, fault == nil { note(.commit, since: begun) } }
            return try ledger.group(name, at: now) { group throws(LedgerError) in
                defer { begun = plan.milliseconds() }
                do throws(PipelineError) {
                    times.keep(in: group, isLast: name.isEmpty)
                    // What came before is committed; this one is not yet.
                    try lifting { () throws(SpoolError) in try spool.note(ledgerGroup: group.number - 1) }
                    return try body(group)
                } catch {
                    fault = error
                    throw LedgerError.abandoned("\(error)")
                }
            }
        } catch {
            if let fault { throw fault }
            throw .ledger(error)
        }
    }

    /// Reads one state of the ledger.
    func read<R>(_ body: (LedgerGroup) throws(LedgerError) -> R) throws(PipelineError) -> R {
        do throws(LedgerError) {
            return try ledger.read(at: now, body)
        } catch {
            throw .ledger(error)
        }
    }

    /// Lets committed results of a group appear, in their order; tells those whose names other bytes have.
    ///
    /// `day` is given for a batch, which may be completed once more.
    func publish(_ results: [(staged: String, name: String)], day: String? = nil) throws(PipelineError) {
        var conflicts: Set<String> = []
        for (staged, name) in results {
            do throws(SpoolError) {
                switch try spool.publish(staged, as: name, day: day ?? self.day) {
                case .published: tally.published += 1
                case .alreadyThere: break
                case .missing:
                    // Of a batch that is completed once more, or of a twin, it may have been taken since; else somebody
                    // removed what was staged, and recovery tells that it is lost.
                    if day == nil, Outcome(resultName: name)?.mayMeetItsTwin != true {
                        throw SpoolError.vanished(path: "staging/\(staged)")
                    }
                }
            } catch .conflict {
                conflicts.insert(staged)
            } catch {
                throw .spool(error)
            }
        }
        if !conflicts.isEmpty { try tellLost(conflicts) }
    }

    /// Keeps committed results, by their names in staging, whose names in `results` other bytes have, and tells them.
    private func tellLost(_ staged: Set<String>) throws(PipelineError) {
        var lost = LostResults(context: self)
        var left = staged
        for entry in try read({ group throws(LedgerError) in try group.outbox.pendingResults() }) {
            guard staged.contains(entry.stagedName), let place = LostResults.Place(entry) else { continue }
            try lost.conflict(entry, at: place)
            left.remove(entry.stagedName)
        }
        // What the ledger does not have to appear is not for a pass to judge.
        if let name = left.min() { throw .spool(.conflict(path: "staging/\(name)")) }
        try lost.tell()
    }

    /// Writes down in a group, behind a sync, that the results of all groups before it appeared.
    ///
    /// Recovery lets appear what was committed before the pass, and each group of the pass what is its own before the next
    /// begins.
    func markPublished(in group: LedgerGroup) throws(PipelineError) {
        try group.lifting { group throws(LedgerError) in try group.outbox.markPublished(upTo: group.number - 1) }
    }

    /// Syncs what appeared and writes it down, where that was not done yet; for before work that takes long.
    ///
    /// A consumer may take its results meanwhile: what is not written down would be missed after a stop.
    func settlePublished(in group: LedgerGroup) throws(PipelineError) {
        let isWrittenDown = try group.lifting { group throws(LedgerError) in
            try group.outbox.isPublished(before: group.number)
        }
        guard !isWrittenDown else { return }
        try lifting { () throws(SpoolError) in try spool.synchronize() }
        try markPublished(in: group)
    }

    /// Ends the pass where an operator asks for a pause; called at the edges of groups.
    func pauseIfAsked() throws(PipelineError) {
        if try lifting({ () throws(SpoolError) in try spool.isAsked(.pause) }) {
            throw .paused(path: spool.path(of: .pause))
        }
    }

    /// Runs a spool operation; its fault is the pass's.
    func lifting<R>(_ body: () throws(SpoolError) -> R) throws(PipelineError) -> R {
        do throws(SpoolError) {
            return try body()
        } catch {
            throw .spool(error)
        }
    }

    /// Forgets, by their names in `deferred`, requests whose files wait no more; other names are passed over.
    func forget(waiting names: [String]) throws(PipelineError) {
        let entries = names.compactMap { waiting[$0] }
        guard !entries.isEmpty else { return }
        _ = try commit("") { group throws(PipelineError) in
            try group.lifting { group throws(LedgerError) in
                for entry in entries { try group.deferred.remove(entry.requestSHA256) }
            }
        }
        for entry in entries { waiting[entry.fileName] = nil }
    }

    /// Writes down that a request waits, or goes on waiting.
    func deferral(
        _ item: Decider.Case,
        _ decision: Decision,
        name: DeferredName
    ) -> DeferredEntry {
        let known = waiting[name.description]
        let attempts = (known?.attempts ?? 0) + 1
        let reason = item.judgement.verdict.findings.first { $0.severity == .deferral }?.message ?? "keys are missing"
        var entry = DeferredEntry(
            requestSHA256: item.judgement.digest,
            fileName: name.description,
            originStem: name.stem,
            line: name.line,
            firstDeferredAt: known?.firstDeferredAt ?? item.judgement.arrivedAt,
            nextTryAt: now + plan.pause(afterAttempt: attempts),
            attempts: attempts,
            reason: reason,
            wanted: decision.wanted
        )
        entry.isMigration = item.delivery.mode == .migration
        return entry
    }
}

extension LedgerGroup {
    /// Runs a ledger operation; its fault is the pass's.
    func lifting<R>(_ body: (LedgerGroup) throws(LedgerError) -> R) throws(PipelineError) -> R {
        do throws(LedgerError) {
            return try body(self)
        } catch {
            throw .ledger(error)
        }
    }
}
