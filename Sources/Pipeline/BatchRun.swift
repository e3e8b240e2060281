import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules
import Spool

/// Processes one batch: a file of records, a group of lines at a time, each group one transaction.
///
/// The offsets in and out commit with the rows, so that a stop at any moment goes on where the last commit was.
final class BatchRun {
    private let context: PassContext
    private let taken: TakenGroup
    private let file: TakenFile
    private let table: JudgementTable
    private let output = ByteBuffer(capacity: 8 << 20)
    private let shouldStop: () -> Bool
    /// When this process began with the batch, and how long earlier ones had worked on it.
    private var clock = (begun: Int64(0), before: Int64(0))
    /// What is wrong with the file itself, found while it was read.
    private var fault: SpoolError?

    init(context: PassContext, taken: TakenGroup, file: TakenFile, shouldStop: @escaping () -> Bool) {
        self.context = context
        self.taken = taken
        self.file = file
        self.shouldStop = shouldStop
        table = JudgementTable(capacity: context.plan.groupRequests)
    }

    func process() throws(PipelineError) {
        do throws(PipelineError) {
            try answer()
        } catch {
            guard let fault else { throw error }
            try refuse(fault.failureReason, "\(fault)")
        }
    }

    private func answer() throws(PipelineError) {
        var identity = try reading { () throws(PipelineError) in try BatchIdentity.read(file, context) }
        let answer = BatchAcknowledgement(context: context, taken: taken.name, file: file, identity: identity)
        if let refusal = identity.refusal { return try refuse(.manifest, refusal, answer) }
        if let refusal = try disallowed(identity) { return try refuse(.manifest, refusal, answer) }
        let opening = try context.commit(taken.name) { group throws(PipelineError) in
            let opening = try group.lifting { group throws(LedgerError) in
                try group.batches.open(identity.record(file, at: context.now))
            }
            if case .new = opening { try answer.stage(in: group) }
            return opening
        }
        switch opening {
        case .new(let batch):
            try answer.publish()
            identity.day = SpoolLayout.day(batch.startedAt)
            try run(batch, identity)
        case .resumed(let batch):
            identity.day = SpoolLayout.day(batch.startedAt)
            try run(batch, identity)
        case .finished(let batch):
            identity.day = SpoolLayout.day(batch.startedAt)
            try complete(batch, identity)
        case .manifestUsed(let other): try refuse(.manifest, "batch_id was used by \(other.fileName)", answer)
        case .nameTaken(let other):
            let why = "another batch of this name, begun \(Timestamp.rfc3339(other.startedAt)), has the same h16"
            try refuse(.name, "\(why): give this one another name", answer)
        }
    }

    /// Why a migration is refused that the bank does not allow; one that was begun while it did is ended.
    private func disallowed(_ identity: BatchIdentity) throws(PipelineError) -> String? {
        guard identity.manifest?.mode == .migration, !context.plan.policy.migration.isAllowed else { return nil }
        let key = identity.record(file, at: context.now).key
        let known = try context.read { group throws(LedgerError) in try group.batches.find(key: key) }
        guard known?.isMigration != true else { return nil }
        return "mode is migration, which policy.migration.allowed does not allow"
    }

    private func refuse(
        _ reason: FailureReason,
        _ detail: String,
        _ answer: BatchAcknowledgement? = nil
    ) throws(PipelineError) {
        try answer?.refuse(reason, detail)
        try context.lifting { () throws(SpoolError) in
            _ = try context.spool.fail(file, reason, detail: detail, at: context.now)
            if try !context.spool.release(taken) { _ = try context.spool.archive(taken.name, day: context.day) }
        }
        context.tally.failed.append((file.name, detail))
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

    private func run(_ opened: BatchRecord, _ identity: BatchIdentity) throws(PipelineError) {
        var batch = opened
        clock = (context.plan.milliseconds(), batch.pace.samples.last?.milliseconds ?? 0)
        if batch.state == .open {
            let part = try context.lifting { () throws(SpoolError) in
                try context.spool.part(batch.stagedName, size: batch.outputOffset)
            }
            let reader = try reading { () throws(PipelineError) in
                try context.lifting { () throws(SpoolError) in
                    try file.lines(from: batch.inputOffset, line: batch.lines + 1)
                }
            }
            let block = BulkBlock()
            while try !isCancelled() {
                try context.pauseIfAsked()
                guard try next(reader, into: block) else { break }
                batch = try process(block, batch, part, identity, end: reader.offset)
                context.progressed(batch: file.name, offset: batch.inputOffset)
                if shouldStop() { throw .stopped }
            }
        }
        try complete(batch, identity)
    }

    /// Whether an operator ends this batch here; what was answered stays answered.
    private func isCancelled() throws(PipelineError) -> Bool {
        try context.lifting { () throws(SpoolError) in try context.spool.isAsked(.cancel(stem: file.stem)) }
    }

    private func next(_ reader: BulkReader, into block: BulkBlock) throws(PipelineError) -> Bool {
        try reading { () throws(PipelineError) in
            try context.lifting { () throws(SpoolError) in
                try reader.next(into: block, limit: context.plan.groupRequests)
            }
        }
    }

    private func process(
        _ block: BulkBlock,
        _ before: BatchRecord,
        _ part: StagedPart,
        _ identity: BatchIdentity,
        end: Int64
    ) throws(PipelineError) -> BatchRecord {
        try judge(block, before)
        context.decider.reset()
        output.removeAll()
        let (batch, decisions) = try context.commit(taken.name) { group throws(PipelineError) in
            let decisions = try decide(block, identity, before, in: group)
            var batch = before
            for decision in decisions {
                batch.counts[decision.outcome] += 1
                group.count(refusal: decision)
                if batch.isMigration, decision.outcome == .accepted {
                    batch.migration.add(isClient: decision.isMigrated, relaxed: decision.relaxed)
                }
                output.append(decision.text)
                output.append(UInt8(ascii: "\n"))
            }
            try context.lifting { () throws(SpoolError) in
                try part.append(output.all)
                if decisions.contains(where: { $0.outcome == .deferred }) { try context.spool.synchronize() }
                try part.synchronize()
            }
            batch.inputOffset = end
            batch.outputOffset = part.size
            batch.lines += block.lines.count
            batch.pace.add(answered: batch.lines, at: clock.before + context.plan.milliseconds() - clock.begun)
            batch.updatedAt = context.now
            try group.lifting { group throws(LedgerError) in try group.batches.update(batch) }
            return (batch, decisions)
        }
        for (index, decision) in decisions.enumerated() {
            context.tally.add(decision)
            guard decision.outcome == .deferred else { continue }
            let name = identity.deferredName(file, line: block.lines[index].number)
            try context.lifting { () throws(SpoolError) in
                _ = try context.spool.publishDeferred(name.description + SpoolLayout.deferredEnding, as: name)
            }
        }
        context.notePace()
        return batch
    }

    /// Judges the lines as of the time the batch was opened, also where it is resumed later.
    private func judge(_ block: BulkBlock, _ batch: BatchRecord) throws(PipelineError) {
        table.reset(block.lines.count)
        context.pool.reset()
        let (trust, now, name, table) = (context.trust, context.now, file.name, table)
        let (arrivedAt, mode) = (batch.startedAt, batch.isMigration ? JudgingMode.migration : .ordinary)
        nonisolated(unsafe) let lines = block  // read only until the workers end
        try context.pool.run(block.lines.count) { worker, index throws(PipelineError) in
            let line = unsafe lines.lines[index]
            let delivery = unsafe Self.delivery(lines, line, at: arrivedAt, mode)
            let source = ResultSource(file: name, line: line.number)
            table[index] = try worker.judge(delivery, index: index, source: source, now: now, trust: trust)
        }
    }

    private static func delivery(
        _ block: BulkBlock,
        _ line: BulkLine,
        at now: UnixTime,
        _ mode: JudgingMode
    ) -> Delivery {
        guard let text = block.text(of: line) else {
            return Delivery(
                .unreadable("the line is \(line.count) bytes long, more than a record may be"),
                arrivedAt: now
            )
        }
        return Delivery(.record(text), arrivedAt: now, mode: mode)
    }

    private func decide(
        _ block: BulkBlock,
        _ identity: BatchIdentity,
        _ batch: BatchRecord,
        in group: LedgerGroup
    ) throws(PipelineError) -> [Decision] {
        var decisions: [Decision] = []
        decisions.reserveCapacity(block.lines.count)
        let path = SpoolLayout.resultPath(day: identity.day, name: identity.resultsName(file))
        for (index, line) in block.lines.enumerated() {
            guard let judgement = table[index] else { continue }
            if judgement.outcome == .malformed {
                group.count(.malformed)
                let rule = judgement.verdict.primary?.rule
                decisions.append(Decision(outcome: .malformed, text: judgement.text, rule: rule))
                continue
            }
            let item = Decider.Case(
                judgement: judgement,
                source: ResultSource(file: file.name, line: line.number),
                resultName: identity.resultsName(file),
                resultPath: path,
                line: line.number,
                isRetry: false,
                delivery: Self.delivery(
                    block,
                    line,
                    at: judgement.arrivedAt,
                    batch.isMigration ? .migration : .ordinary
                ),
                trust: context.trust
            )
            let decision = try group.lifting { group throws(LedgerError) in
                try context.decider.decide(item, at: context.now, in: group)
            }
            if decision.outcome == .deferred { try putOff(item, decision, block, line, identity, in: group) }
            decisions.append(decision)
        }
        return decisions
    }

    /// A line that waits for keys becomes a record of its own in `deferred`, so that the batch can be complete.
    private func putOff(
        _ item: Decider.Case,
        _ decision: Decision,
        _ block: BulkBlock,
        _ line: BulkLine,
        _ identity: BatchIdentity,
        in group: LedgerGroup
    ) throws(PipelineError) {
        guard let text = block.text(of: line) else { return }
        let name = identity.deferredName(file, line: line.number)
        try context.lifting { () throws(SpoolError) in
            do throws(SpoolError) {
                _ = try context.spool.stage(deferred: name, text)
            } catch .conflict {
                // Staged before a stop that came ahead of the commit: the same line, the same bytes.
            }
        }
        let entry = context.deferral(item, decision, name: name)
        try group.lifting { group throws(LedgerError) in try group.deferred.put(entry) }
    }

    /// Writes the summary, commits both files to appear, lets them appear, and archives the batch.
    private func complete(_ finished: BatchRecord, _ identity: BatchIdentity) throws(PipelineError) {
        try BatchCompletion(context: context, taken: taken, file: file, identity: identity).run(finished)
        context.tally.batches.append(file.name)
        context.progressed(bytes: Int64(file.size))
    }
}
