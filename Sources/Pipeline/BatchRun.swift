import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules
import Spool

/// Processes one batch: a file of records, a group of lines at a time, each group one transaction.
///
/// The offsets in and out commit with the rows, so that a stop at any moment goes on where the last commit was. While a
/// group is committed, the next is read and judged.
final class BatchRun {
    private let context: PassContext
    private let taken: TakenGroup
    private let file: TakenFile
    /// The results so far, as they are hashed.
    private let results = SHA256Stream()
    private let shouldStop: () -> Bool
    /// True for a batch found after a stop.
    private let isRecovery: Bool
    /// When this process began with the batch, and how long earlier ones had worked on it.
    private var clock = (begun: Int64(0), before: Int64(0))
    /// The hash of all results, where this run wrote the last of them.
    private var resultsSHA256: SHA256Digest?
    /// What is wrong with the file itself, found while it was read.
    private var fault: SpoolError?
    /// Counts the ends of the process where the batch goes on; nil for one that was just taken.
    private let strikes: BatchStrikes?

    init(
        context: PassContext,
        taken: TakenGroup,
        file: TakenFile,
        isRecovery: Bool = false,
        shouldStop: @escaping () -> Bool
    ) {
        self.isRecovery = isRecovery
        strikes = isRecovery ? BatchStrikes(context: context, group: taken) : nil
        self.context = context
        self.taken = taken
        self.file = file
        self.shouldStop = shouldStop
    }

    func process() throws(PipelineError) {
        do throws(PipelineError) {
            try answer()
        } catch {
            strikes?.forgive()
            guard let fault else { throw error }
            if case .changed = fault { try CutOffBatches(context: context, fileName: file.name).end() }
            try refuse(fault.failureReason, fault.complaint)
        }
    }

    private func answer() throws(PipelineError) {
        let early = try linesAhead()
        defer { early?.join() }
        var identity = try reading { () throws(PipelineError) in
            try context.lifting { () throws(SpoolError) in
                try BatchIdentity.read(file, by: context.plan, at: context.now)
            }
        }
        if isRecovery {
            // Its file may have been changed: what was begun of its name and is another batch goes no further.
            let key = identity.record(file, at: context.now).key
            try CutOffBatches(context: context, fileName: file.name).end(but: key)
        }
        let answer = BatchAcknowledgement(context: context, taken: taken.name, file: file, identity: identity)
        if let refusal = try refusal(identity) { return try refuse(.manifest, refusal, answer) }
        let opening = try context.commit(taken.name) { group throws(PipelineError) in
            let opening = try group.lifting { group throws(LedgerError) in
                try group.batches.open(identity.record(file, at: context.now))
            }
            if case .new = opening { try answer.stage(in: group) }
            try context.settlePublished(in: group)
            return opening
        }
        switch opening {
        case .new(let batch):
            try CutOffBatches(context: context, fileName: file.name).end(but: batch.key)
            try answer.publish()
            identity.day = SpoolLayout.day(batch.startedAt)
            try run(batch, identity, early)
        case .resumed(let batch):
            identity.day = SpoolLayout.day(batch.startedAt)
            early?.join()
            try run(batch, identity)
        case .finished(let batch):
            identity.day = SpoolLayout.day(batch.startedAt)
            try complete(batch, identity)
        case .manifestUsed(let other): try refuse(.manifest, BatchIdentity.refusal(usedBy: other.fileName), answer)
        case .nameTaken(let other):
            let why = "another batch of this name, begun \(Timestamp.rfc3339(other.startedAt)), has the same h16"
            try refuse(.name, "\(why): give this one another name", answer)
        }
    }

    /// Why the batch is refused as a whole: its manifest does not fit, or the bank does not allow a migration.
    ///
    /// One that was taken and told so goes on to its end, whatever became since of its manifest, the clock or the setting.
    private func refusal(_ identity: BatchIdentity) throws(PipelineError) -> String? {
        let key = identity.record(file, at: context.now).key
        let known = try context.read { group throws(LedgerError) in try group.batches.find(key: key) }
        guard known == nil || !isRecovery else { return nil }
        if let refusal = identity.refusal { return refusal }
        guard identity.manifest?.mode == .migration, !context.plan.policy.migration.isAllowed else { return nil }
        return known?.isMigration == true ? nil : BatchIdentity.migrationRefusal
    }

    private func refuse(
        _ reason: FailureReason,
        _ detail: String,
        _ answer: BatchAcknowledgement? = nil
    ) throws(PipelineError) {
        try answer?.refuse(reason, detail)
        try context.lifting { () throws(SpoolError) in
            _ = try context.spool.fail(file, reason, detail: detail, at: context.now)
            try context.spool.forgetStrikes(of: taken, but: nil)
            if try !context.spool.release(taken) { _ = try context.spool.archive(taken.name, day: context.day) }
        }
        context.tally.setAside(file.name, reason, detail)
    }

    /// Reads from the file; its own fault is remembered, for it ends this batch and not the pass.
    private func reading<R>(_ body: () throws(PipelineError) -> R) throws(PipelineError) -> R {
        do throws(PipelineError) {
            return try body()
        } catch {
            if case .spool(let fault) = error, fault.isOfTheFile { self.fault = fault }
            throw error
        }
    }

    private func run(
        _ opened: BatchRecord,
        _ identity: BatchIdentity,
        _ early: LinesAhead? = nil
    ) throws(PipelineError) {
        var batch = opened
        clock = (context.plan.milliseconds(), batch.pace.samples.last?.milliseconds ?? 0)
        if batch.state == .open {
            let part = try context.lifting { () throws(SpoolError) in
                try context.spool.part(batch.stagedName, size: batch.outputOffset)
            }
            let lines: LinesAhead
            if let early, early.version == identity.version {
                lines = early
            } else {
                early?.join()  // the workers are needed for other lines
                lines = try self.lines(of: batch, identity)
            }
            defer { lines.join() }
            if batch.outputOffset > 0 { try hashAgain(batch) }
            batch = try answer(lines, batch, part, identity)
            resultsSHA256 = results.finish()
        }
        try complete(batch, identity)
    }

    /// Answers what is left of the batch: one group is judged while the one before is committed.
    private func answer(
        _ lines: LinesAhead,
        _ opened: BatchRecord,
        _ part: StagedPart,
        _ identity: BatchIdentity
    ) throws(PipelineError) -> BatchRecord {
        var batch = opened
        while try !isCancelled() {
            try context.pauseIfAsked()
            let refusal = strikes?.refusal
            let next = try reading { () throws(PipelineError) in try lines.next(refusing: refusal) }
            guard let judged = next else { break }
            try strikes?.judged()
            batch = try commit(judged, batch, part, identity)
            try strikes?.committed(next: batch.lines + 1)
            context.progressed(batch: file.name, offset: batch.inputOffset)
            if shouldStop() { throw .stopped }
        }
        try strikes?.end()
        return batch
    }

    /// Takes up the hash of what was committed before a stop.
    private func hashAgain(_ batch: BatchRecord) throws(PipelineError) {
        try context.lifting { () throws(SpoolError) in
            try context.spool.forEachStagedPiece(batch.stagedName) { results.update($0) }
        }
    }

    /// Begins with the lines of a batch that was just taken while its file is hashed.
    ///
    /// Nil where its manifest or the ledger has a say in how they are judged. What is judged for nothing is forgotten.
    private func linesAhead() throws(PipelineError) -> LinesAhead? {
        guard !isRecovery, file.manifest == nil else { return nil }
        let terms = LinesAhead.Terms(arrivedAt: context.now, mode: .ordinary)
        return try reading { () throws(PipelineError) in try LinesAhead(file, from: 0, line: 1, as: terms, context) }
    }

    /// The lines a batch goes on with.
    private func lines(of batch: BatchRecord, _ identity: BatchIdentity) throws(PipelineError) -> LinesAhead {
        let mode = batch.isMigration ? JudgingMode.migration : .ordinary
        let terms = LinesAhead.Terms(arrivedAt: batch.startedAt, mode: mode)
        try strikes?.resume(at: batch.lines + 1)
        return try reading { () throws(PipelineError) in
            let (offset, alone) = (batch.inputOffset, strikes?.alone ?? 0)
            let lines = try LinesAhead(file, from: offset, line: batch.lines + 1, as: terms, alone: alone, context)
            guard lines.version == identity.version else {
                lines.join()
                throw .spool(.changed(name: file.name))
            }
            return lines
        }
    }

    /// Whether an operator ends this batch here; what was answered stays answered.
    private func isCancelled() throws(PipelineError) -> Bool {
        try context.lifting { () throws(SpoolError) in try context.spool.isAsked(.cancel(stem: file.stem)) }
    }

    private func commit(
        _ judged: JudgedBlock,
        _ before: BatchRecord,
        _ part: StagedPart,
        _ identity: BatchIdentity
    ) throws(PipelineError) -> BatchRecord {
        let block = judged.block
        context.decider.reset()
        context.times.note(.judge, judged.milliseconds)
        let (batch, decisions) = try context.commit(taken.name) { group throws(PipelineError) in
            var begun = context.plan.milliseconds()
            let lines = BatchLines(context: context, file: file, identity: identity)
            var batch = before
            var counts = DecisionCounts()
            var texts: [ByteSlice] = []
            texts.reserveCapacity(block.lines.count)
            let decisions = try lines.decide(judged, before, in: group) { decision in
                batch.counts[decision.outcome] += 1
                counts.add(decision)
                texts.append(decision.text)
                if batch.isMigration, decision.outcome == .accepted {
                    batch.migration.add(isClient: decision.isMigrated, relaxed: decision.relaxed)
                }
            }
            counts.keep(in: group)
            begun = context.note(.decide, since: begun)
            try context.lifting { () throws(SpoolError) in
                try part.append(lines: texts)
                if batch.counts.deferred > before.counts.deferred { try context.spool.synchronize() }
                try part.synchronize()
            }
            context.note(.stage, since: begun)
            for text in texts {
                results.update(text)
                results.update(UInt8(ascii: "\n"))
            }
            batch.inputOffset = judged.end
            batch.outputOffset = part.size
            batch.lines += block.lines.count
            batch.pace.add(answered: batch.lines, at: clock.before + context.plan.milliseconds() - clock.begun)
            batch.updatedAt = context.now
            try group.lifting { group throws(LedgerError) in try group.batches.update(batch) }
            return (batch, decisions)
        }
        let begun = context.plan.milliseconds()
        for index in decisions.indices {
            context.answered(decisions[index], decisions[index].digest, file, line: block.lines[index].number)
            guard decisions[index].outcome == .deferred else { continue }
            let name = identity.deferredName(file, line: block.lines[index].number)
            try context.lifting { () throws(SpoolError) in
                _ = try context.spool.publishDeferred(name.description + SpoolLayout.deferredEnding, as: name)
            }
        }
        context.notePace()
        context.note(.publish, since: begun)
        return batch
    }

    /// Writes the summary, commits both files to appear, lets them appear, and archives the batch.
    private func complete(_ finished: BatchRecord, _ identity: BatchIdentity) throws(PipelineError) {
        try BatchCompletion(
            context: context,
            taken: taken,
            file: file,
            identity: identity,
            resultsSHA256: resultsSHA256
        )
        .run(finished)
        context.tally.batches.append(file.name)
        context.progressed(bytes: Int64(file.size))
    }
}
