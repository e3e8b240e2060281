import Crypto
import Encoding
import Ledger
import OpenBanking
import Spool

/// Brings spool and ledger together after an unclean end (docs/ARCHITECTURE.md, "Durability").
///
/// Committed results that did not appear yet appear; staged files that were never committed go; groups that were being
/// worked on are finished. The work is in proportion to what was in flight.
struct Recovery {
    let context: PassContext
    let shouldStop: () -> Bool

    func run() throws(PipelineError) {
        let pending = try context.read { group throws(LedgerError) in try group.outbox.pendingResults() }
        try publish(pending)
        try removeUncommitted()
        let (spool, now) = (context.spool, context.now)
        let groups = try context.lifting { () throws(SpoolError) in try spool.recoverableGroups() }
        let strays = try context.lifting { () throws(SpoolError) in try spool.clearActive(but: groups, at: now) }
        for file in strays { context.tally.setAside(file.name, file.reason, file.detail) }
        for group in groups {
            if shouldStop() { throw .stopped }
            try context.pauseIfAsked()
            try finish(group)
        }
        try closeBatches()
    }

    /// Every group is finished, so that a batch that is complete was published and archived: it is done.
    private func closeBatches() throws(PipelineError) {
        let complete = try context.read { group throws(LedgerError) in
            try group.batches.notDone().filter { $0.state == .complete }
        }
        guard !complete.isEmpty else { return }
        _ = try context.commit("") { group throws(PipelineError) in
            try group.lifting { group throws(LedgerError) in
                for var batch in complete {
                    batch.state = .done
                    try group.batches.update(batch)
                }
            }
        }
    }

    /// That they appeared is written down by the next commit behind a sync; only a loss cannot wait.
    private func publish(_ pending: [OutboxEntry]) throws(PipelineError) {
        var lost = LostResults(context: context)
        for entry in pending {
            guard let place = LostResults.Place(entry) else { continue }
            // One that is neither staged nor there appeared before if its consumer says so; else it is lost.
            switch try publish(entry, at: place) {
            case .published: break
            case .alreadyThere: try lost.check(entry, at: place)
            case .missing: if try !isTaken(place) { lost.miss(entry) }
            case nil: try lost.conflict(entry, at: place)
            }
        }
        try lost.tell()
    }

    /// Lets a result appear; nil where other bytes have its name.
    private func publish(_ entry: OutboxEntry, at place: LostResults.Place) throws(PipelineError) -> Published? {
        do throws(SpoolError) {
            return try context.spool.publish(entry.stagedName, as: place.name, day: place.day)
        } catch .conflict {
            return nil
        } catch {
            throw .spool(error)
        }
    }

    private func isTaken(_ place: LostResults.Place) throws(PipelineError) -> Bool {
        try context.lifting { () throws(SpoolError) in try context.spool.isTaken(place.name, day: place.day) }
    }

    private func removeUncommitted() throws(PipelineError) {
        let open = try context.read { group throws(LedgerError) in try group.batches.notDone() }
        let parts = Set(open.map(\.stagedName))
        let waiting = try context.read { group throws(LedgerError) in try group.deferred.allDeferred() }
        let deferred = Dictionary(
            waiting.map { ($0.fileName + SpoolLayout.deferredEnding, $0.fileName) },
            uniquingKeysWith: { first, _ in first }
        )
        let names = try context.lifting { () throws(SpoolError) in try context.spool.stagedNames() }
        for name in names where !parts.contains(name) {
            try context.lifting { () throws(SpoolError) in
                if let file = deferred[name], let target = DeferredName(file) {
                    _ = try context.spool.publishDeferred(name, as: target)
                } else {
                    _ = try context.spool.removeStaged(name)
                }
            }
        }
    }

    private func finish(_ group: TakenGroup) throws(PipelineError) {
        if group.isBatch, let file = group.files.first {
            return try BatchRun(context: context, taken: group, file: file, isRecovery: true, shouldStop: shouldStop)
                .process()
        }
        let isCommitted = try context.read { known throws(LedgerError) in try known.isCommitted(group.name) }
        guard isCommitted else { return try tryAgain(group) }
        try FileGroup(context: context, taken: group, isRecovery: true).process()
    }

    /// Begins a group of files again that was never committed: as a whole the first time, then file by file, and a file
    /// that ended the process alone too often is set aside.
    ///
    /// What was committed had been judged without harm, so it is finished as it is.
    private func tryAgain(_ group: TakenGroup) throws(PipelineError) {
        switch try context.lifting({ () throws(SpoolError) in try context.spool.strike(group) }) {
        case .never: return try finish(counted: group)
        case _ where group.files.count > 1:
            let parts = try context.lifting { () throws(SpoolError) in try context.spool.split(group) }
            for part in parts {
                if shouldStop() { throw .stopped }
                try tryAgain(part)
            }
        case .before: try finish(counted: group)
        case .tooOften(let count): if let file = group.files.first { try setAside(file, group, after: count) }
        }
    }

    /// Finishes a group; a failure of the machine, such as a full disk, does not count against its files.
    private func finish(counted group: TakenGroup) throws(PipelineError) {
        let work = FileGroup(context: context, taken: group)
        var isJudged = false
        do throws(PipelineError) {
            let judged = try work.judge()
            try context.lifting { () throws(SpoolError) in try context.spool.noteJudged(group) }
            isJudged = true
            try work.commit(judged)
        } catch {
            try? context.spool.forgive(group, isJudged: isJudged)
            throw error
        }
    }

    private func setAside(_ file: TakenFile, _ group: TakenGroup, after count: Int) throws(PipelineError) {
        if let waiting = file.deferred.flatMap({ context.waiting[$0.description] }) {
            _ = try context.commit("") { group throws(PipelineError) in
                try group.lifting { group throws(LedgerError) in try group.deferred.remove(waiting.requestSHA256) }
            }
        }
        let detail = "the process ended \(count) times while it worked on this file alone"
        try context.lifting { () throws(SpoolError) in
            _ = try context.spool.fail(file, .poison, detail: detail, at: context.now)
            _ = try context.spool.release(group)
        }
        context.tally.setAside(file.name, .poison, detail)
    }
}
