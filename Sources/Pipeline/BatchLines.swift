import Encoding
import Ledger
import OpenBanking
import Rules
import Spool

/// The lines of one group of a batch: judged in parallel, decided in their order.
struct BatchLines {
    let context: PassContext
    let file: TakenFile
    let identity: BatchIdentity

    /// Judges the lines, spread over the workers.
    static func judge(
        _ judged: JudgedBlock,
        as terms: LinesAhead.Terms,
        _ name: String,
        _ context: PassContext
    ) throws(PipelineError) {
        let (block, table) = (judged.block, judged.table)
        table.reset(block.lines.count)
        context.pool.reset()
        let (trust, now) = (context.trust, context.now)
        nonisolated(unsafe) let lines = block  // read only until the workers end
        try context.pool.run(block.lines.count) { worker, index throws(PipelineError) in
            let line = unsafe lines.lines[index]
            let delivery =
                if let refusal = terms.refusal {
                    Delivery(.unreadable(refusal), arrivedAt: terms.arrivedAt)
                } else {
                    unsafe delivery(lines, line, at: terms.arrivedAt, terms.mode)
                }
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

    /// Decides the lines in their order, each with the ledger as the one before left it, and tells of each at once, while
    /// what was touched is still near.
    func decide(
        _ judged: JudgedBlock,
        _ batch: BatchRecord,
        in group: LedgerGroup,
        _ onDecision: (Decision) -> Void
    ) throws(PipelineError) -> [Decision] {
        let block = judged.block
        var decisions: [Decision] = []
        decisions.reserveCapacity(block.lines.count)
        let path = SpoolLayout.resultPath(day: identity.day, name: identity.resultsName(file))
        let mode = batch.isMigration ? JudgingMode.migration : .ordinary
        for (index, line) in block.lines.enumerated() {
            guard let judgement = judged.table[index] else { continue }
            let (digest, certificate) = (judgement.digest, judgement.certificate)
            var decision: Decision
            if judgement.outcome == .malformed {
                group.count(.malformed)
                let rule = judgement.verdict.primary?.rule
                decision = Decision(outcome: .malformed, text: judgement.text, rule: rule)
            } else {
                let item = Decider.Case(
                    judgement: judgement,
                    source: ResultSource(file: file.name, line: line.number),
                    resultPath: path,
                    line: line.number,
                    isRetry: false,
                    delivery: Self.delivery(block, line, at: judgement.arrivedAt, mode),
                    trust: context.trust
                )
                decision = try group.lifting { group throws(LedgerError) in
                    try context.decider.decide(item, at: context.now, in: group)
                }
                if decision.outcome == .deferred { try putOff(item, decision, block, line, in: group) }
            }
            decision.digest = digest
            decision.certificate = certificate
            onDecision(decision)
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
}
