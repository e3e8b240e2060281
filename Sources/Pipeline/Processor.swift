package import Encoding
package import KeyCache
package import Ledger
import OpenBanking
import Rules
package import Spool
import Synchronization

/// One owner of a spool: takes what was dropped and what waits, and answers it from the cache alone.
///
/// It never opens a socket: nothing it can reach links to the fetcher. One thread calls it; `stop` may be called from any.
package final class Processor {
    package let spool: Spool
    package let ledger: Ledger
    package let keys: KeyStore
    private let plan: ProcessPlan
    private let pool: WorkerPool
    private let intake: Intake
    private let stopping: StopFlag
    private var isRecovered = false
    private var lastGeneration: Int?
    /// What was found to be none of a lost result's bytes, from pass to pass.
    private var otherBytes: [Int64: String] = [:]
    /// Hears how far a pass is after each group, on the thread of the pass.
    package var onProgress: (PassProgress) -> Void = { _ in }
    /// Hears of each request that was answered, on the thread of the pass; nil costs nothing.
    package var onAnswer: ((AnsweredRequest) -> Void)?
    /// Hears of each committed result that is lost, by its path and why, once that is written down; also where the pass
    /// ends early behind it.
    package var onLost: (String, String) -> Void = { _, _ in }
    /// What the last pass did, also where it ended early and threw.
    package private(set) var lastTally = PassTally()

    package init(spool: Spool, ledger: Ledger, keys: KeyStore, plan: ProcessPlan, stopping: StopFlag = StopFlag()) {
        self.spool = spool
        self.ledger = ledger
        self.keys = keys
        self.plan = plan
        self.stopping = stopping
        pool = WorkerPool(plan)
        intake = spool.intake(limits: plan.limits, owners: plan.owners)
    }

    /// Processes everything that is there: what an earlier process left, what waits and is due, what was dropped.
    ///
    /// - Returns: what was done; on `.stopped` what was in flight is finished, nothing is lost, and `lastTally` has
    ///   what was done until then.
    package func pass(_ snapshot: Snapshot, at now: UnixTime, limit: Int = .max) throws(PipelineError) -> PassTally {
        let context = PassContext(
            spool: spool,
            ledger: ledger,
            plan: plan,
            pool: pool,
            trust: TrustView(snapshot, history: keys.history(in: snapshot)),
            now: snapshot.judged(now)
        )
        context.onProgress = onProgress
        context.onAnswer = onAnswer
        context.onLost = onLost
        context.otherBytes = otherBytes
        defer { (lastTally, otherBytes) = (context.tally, context.otherBytes) }
        do throws(PipelineError) {
            try recover(context)
            try retryWaiting(context, wakesAll: lastGeneration != snapshot.generation)
            lastGeneration = snapshot.generation
            try takeAll(context, limit: limit)
        } catch {
            // What was taken may not be finished, what was committed may not have appeared: the next pass looks into it.
            isRecovered = false
            switch error {
            case .stopped, .spaceLow, .paused: try settle(context)  // between groups, when all is published
            default: break
            }
            throw error
        }
        try settle(context)
        return context.tally
    }

    private func recover(_ context: PassContext) throws(PipelineError) {
        try loadWaiting(context)
        if !isRecovered { try checkLedger(context) }
        try LostResults(context: context).settle()
        guard !isRecovered else { return }
        try Recovery(context: context, shouldStop: { [stopping] in stopping.isSet }).run()
        isRecovered = true
        try loadWaiting(context)
    }

    /// An older ledger knows nothing of what was issued since: it would be issued again.
    private func checkLedger(_ context: PassContext) throws(PipelineError) {
        let expected = try context.lifting { () throws(SpoolError) in try spool.notedLedgerGroup() }
        let found = try context.read { group throws(LedgerError) in group.number - 1 }
        guard let expected, expected > found else { return }
        throw .ledgerIsOlder(note: spool.path + "/.ledger", found: found, expected: expected)
    }

    private func loadWaiting(_ context: PassContext) throws(PipelineError) {
        do throws(LedgerError) {
            let entries = try ledger.read(at: context.now) { group throws(LedgerError) in
                try group.deferred.allDeferred()
            }
            context.waiting = Dictionary(entries.map { ($0.fileName, $0) }, uniquingKeysWith: { first, _ in first })
        } catch {
            throw .ledger(error)
        }
    }

    /// Tries what waits again: all of it when the keys changed, else what is due.
    private func retryWaiting(_ context: PassContext, wakesAll: Bool) throws(PipelineError) {
        let asked = try context.lifting { () throws(SpoolError) in try spool.retries() }
        let due = Set(context.waiting.values.filter { wakesAll || $0.nextTryAt <= context.now }.map(\.fileName))
            .union(asked)
        // A file the ledger does not know was left there by a crash or by hand: it is tried too.
        let known = Set(context.waiting.keys)
        var tried = Set<String>()
        let intake = spool.deferredIntake { name, _ in
            let text = name.description
            guard due.contains(text) || !known.contains(text) else { return false }
            return tried.insert(text).inserted
        }
        while true {
            let take = try take(intake, context)
            guard let group = take.group else { break }
            try FileGroup(context: context, taken: group).process()
            if let fault = take.fault { throw .spool(fault) }
            if stopping.isSet { throw .stopped }
        }
        try forgetLost(due.subtracting(tried).intersection(known), context)
        try context.lifting { () throws(SpoolError) in for name in asked { try spool.forget(.retry(name)) } }
    }

    /// Forgets what waits by the ledger, but not in `deferred`: its file was taken away by hand.
    private func forgetLost(_ names: Set<String>, _ context: PassContext) throws(PipelineError) {
        guard !names.isEmpty else { return }
        var lost = names
        try context.lifting { () throws(SpoolError) in
            try spool.forEachDeferred { name, _ in
                lost.remove(name.description)
                return true
            }
        }
        try context.forget(waiting: lost.sorted())
        for name in lost.sorted() { context.tally.failed.append((name, "is no longer in deferred/; it waits no more")) }
    }

    /// Takes one group after another; while one is committed, the next is taken, read and judged.
    ///
    /// Groups are decided in the order they were taken, each after the commit of the one before: only what needs no
    /// ledger is done ahead of it.
    private func takeAll(_ context: PassContext, limit: Int) throws(PipelineError) {
        guard limit > 0 else { return }
        var ahead: Ahead<Turn>? = turn(context)
        // Where the pass ends on another's fault, what the last look set aside is told all the same.
        defer { if let turn = ahead?.join() { tell(turn.setAside, context) } }
        while let next = ahead {
            ahead = nil
            let turn = try next.wait()
            tell(turn.setAside, context)
            guard let group = turn.group else { return }
            if let judged = turn.judged {
                let isLast = context.tally.requests + group.files.count >= limit || turn.fault != nil
                if !isLast, !stopping.isSet { ahead = self.turn(context) }
                try FileGroup(context: context, taken: group).commit(judged)
                // What could be taken is finished: now the disk is to be looked after.
                if let fault = turn.fault { throw .spool(fault) }
            } else if let file = group.files.first {
                try BatchRun(context: context, taken: group, file: file, shouldStop: { [stopping] in stopping.isSet })
                    .process()
            }
            if ahead == nil {
                if stopping.isSet { throw .stopped }
                guard context.tally.requests < limit else { return }
                ahead = self.turn(context)
            }
        }
    }

    private func tell(_ files: [Take.SetAside], _ context: PassContext) {
        for file in files { context.tally.setAside(file.name, file.reason, file.detail) }
    }

    /// A group that was taken and, where it is no batch, judged.
    private struct Turn {
        var setAside: [Take.SetAside]
        var group: TakenGroup?
        /// Why no more was taken, where that was not for want of files.
        var fault: SpoolError?
        var judged: FileGroup.Judged?
    }

    /// Takes and judges the next group on another thread.
    private func turn(_ context: PassContext) -> Ahead<Turn> {
        Ahead { () throws(PipelineError) in
            let take = try self.take(self.intake, context)
            var turn = Turn(setAside: take.setAside, group: take.group, fault: take.fault)
            if let group = take.group, !group.isBatch {
                turn.judged = try FileGroup(context: context, taken: group).judge()
            }
            return turn
        }
    }

    private func take(_ intake: Intake, _ context: PassContext) throws(PipelineError) -> Take {
        try context.pauseIfAsked()
        let space = try context.lifting { () throws(SpoolError) in try spool.freeSpace() }
        if let shortage = space.shortage(for: plan.space) { throw .spaceLow(path: spool.path, shortage) }
        let limit = Intake.GroupLimit(files: plan.groupRequests, bytes: plan.groupBytes)
        return try context.lifting { () throws(SpoolError) in try intake.take(.any, limit: limit, at: context.now) }
    }

    /// Writes down what the pass leaves: wanted keys for the next refresh, results all published.
    private func settle(_ context: PassContext) throws(PipelineError) {
        try wish(context)
        if context.tally.requests == 0, context.tally.published == 0, try isWrittenDown(context) { return }
        try context.lifting { () throws(SpoolError) in try spool.synchronize() }
        _ = try context.commit("") { group throws(PipelineError) in
            try context.markPublished(in: group)
            try group.lifting { group throws(LedgerError) in
                try group.meta.setLastPass(
                    PassRecord(startedAt: context.now, finishedAt: context.now, requests: context.tally.requests)
                )
            }
        }
    }

    /// Whether the ledger knows of every group that its results appeared.
    private func isWrittenDown(_ context: PassContext) throws(PipelineError) -> Bool {
        try context.read { group throws(LedgerError) in try group.outbox.isPublished(before: group.number) }
    }

    private func wish(_ context: PassContext) throws(PipelineError) {
        guard !context.tally.wanted.isEmpty else { return }
        let seeds = context.tally.wanted.compactMap { SourceSeed($0, environment: plan.policy.environment) }
        do throws(KeyStoreError) {
            _ = try keys.upsert(seeds, at: context.now)
            _ = try keys.recordWanted(
                context.tally.wanted.map { KeyCache.WantedKey(url: $0.url, kid: $0.keyID, since: context.now) }
            )
        } catch {
            throw .cache(error)
        }
    }
}
