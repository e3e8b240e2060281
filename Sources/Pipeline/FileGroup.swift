import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules
import Spool
import Synchronization

/// Processes one group of single files and records: judge, decide, stage, sync, commit, publish, archive.
struct FileGroup {
    let context: PassContext
    let taken: TakenGroup
    /// True for a group found after a crash: what the ledger has of it was decided by these very files.
    var isRecovery = false

    /// What becomes of one file.
    private struct Item {
        var file: TakenFile
        var digest: SHA256Digest
        var decision: Decision
        /// The staged and final name, or nil where no result is written.
        var resultName: String?
        var deferredName: DeferredName?
    }

    /// What the workers found out about the group.
    struct Judged {
        let table: JudgementTable
        let unreadable: [(TakenFile, SpoolError)]
        /// How long it took.
        let milliseconds: Int64
    }

    func process() throws(PipelineError) { try commit(try judge()) }

    /// Reads and judges every file; nothing but memory changes, so that the group before may be committed meanwhile.
    func judge() throws(PipelineError) -> Judged {
        let begun = context.plan.milliseconds()
        let table = JudgementTable(capacity: max(1, taken.files.count))
        table.reset(taken.files.count)
        let unreadable = try judge(into: table)
        return Judged(table: table, unreadable: unreadable, milliseconds: context.plan.milliseconds() - begun)
    }

    /// Decides, stages, commits, publishes and archives what was judged.
    func commit(_ judged: Judged) throws(PipelineError) {
        context.decider.reset()
        context.times.note(.judge, judged.milliseconds)
        let items = try context.commit(taken.name) { group throws(PipelineError) in
            var begun = context.plan.milliseconds()
            let items = try decide(judged.table, in: group)
            var counts = DecisionCounts()
            for item in items { counts.add(item.decision) }
            counts.keep(in: group)
            try forget(judged.unreadable.map(\.0), in: group)
            begun = context.note(.decide, since: begun)
            try stage(items, in: group)
            context.note(.stage, since: begun)
            return items
        }
        let begun = context.plan.milliseconds()
        try finish(items, judged.unreadable)
        context.note(.publish, since: begun)
        context.progressed(bytes: taken.origin == .incoming ? Int64(taken.bytes) : 0)
    }

    private func judge(into table: JudgementTable) throws(PipelineError) -> [(TakenFile, SpoolError)] {
        let unreadable = Mutex<[(TakenFile, SpoolError)]>([])
        let files = taken.files
        let (trust, now) = (context.trust, context.now)
        let arrivals = files.map { arrival($0) }
        var modes: [JudgingMode] = []
        for file in files { modes.append(try mode(file)) }
        let judgedAs = modes
        context.pool.reset()
        try context.pool.run(files.count) { worker, index throws(PipelineError) in
            do throws(SpoolError) {
                var delivery = try Self.read(files[index], worker, arrivedAt: arrivals[index])
                delivery.mode = judgedAs[index]
                let source = ResultSource(file: files[index].name)
                table[index] = try Self.judged(delivery, index, source, worker, now, trust)
            } catch {
                guard error.isOfTheFile else { throw .spool(error) }
                unreadable.withLock { $0.append((files[index], error)) }
            }
        }
        return unreadable.withLock { $0 }
    }

    private static func judged(
        _ delivery: Delivery,
        _ index: Int,
        _ source: ResultSource,
        _ worker: Worker,
        _ now: UnixTime,
        _ trust: TrustView
    ) throws(SpoolError) -> Judgement? {
        do throws(PipelineError) {
            var judgement = try worker.judge(delivery, index: index, source: source, now: now, trust: trust)
            if worker.mayBeReadAgain(judgement) { judgement.delivery = delivery.copied }
            return judgement
        } catch {
            throw .io(operation: "random", path: "", errno: 5)
        }
    }

    static func read(_ file: TakenFile, _ worker: Worker, arrivedAt: UnixTime) throws(SpoolError) -> Delivery {
        worker.input.removeAll()
        worker.certificate.removeAll()
        let text = try file.read(into: worker.input)
        guard file.kind == .single else { return Delivery(.record(text), arrivedAt: arrivedAt) }
        let certificate = try file.readCertificate(into: worker.certificate)
        return Delivery(.bare(request: text, certificate: certificate), arrivedAt: arrivedAt)
    }

    /// When the request first reached us: for one that waits, when it was first put off.
    private func arrival(_ file: TakenFile) -> UnixTime {
        guard let name = file.deferred else { return context.now }
        return context.waiting[name.description]?.firstDeferredAt ?? context.now
    }

    /// Only what waits of a migration batch is of a migration, and only the ledger says which that is.
    private func mode(_ file: TakenFile) throws(PipelineError) -> JudgingMode {
        guard let name = file.deferred else { return .ordinary }
        if let entry = context.waiting[name.description] { return entry.isMigration ? .migration : .ordinary }
        // Decided before a stop, so that it waits no more by the ledger: its batch tells what it was.
        guard name.line != nil else { return .ordinary }
        let key = "\(name.stem).\(name.h16)"
        let batch = try context.read { group throws(LedgerError) in try group.batches.find(key: key) }
        return batch?.isMigration == true ? .migration : .ordinary
    }

    private func decide(_ table: JudgementTable, in group: LedgerGroup) throws(PipelineError) -> [Item] {
        let committed = try group.lifting { group throws(LedgerError) in
            isRecovery ? try CommittedGroup(taken.name, in: group) : nil
        }
        var items: [Item] = []
        items.reserveCapacity(taken.files.count)
        for (index, file) in taken.files.enumerated() {
            guard let judgement = table[index] else { continue }
            items.append(try decide(judgement, file, committed, in: group))
        }
        return items
    }

    private func decide(
        _ judgement: Judgement,
        _ file: TakenFile,
        _ committed: CommittedGroup?,
        in group: LedgerGroup
    ) throws(PipelineError) -> Item {
        let h16 = String(judgement.digest.hex.prefix(16))
        let name = file.deferred ?? Self.deferredName(file, h16)
        if let committed, let echo = try echo(judgement, name, file, committed, in: group) { return echo }
        if judgement.outcome == .malformed, file.deferred == nil {
            group.count(.malformed)
            let rule = judgement.verdict.primary?.rule
            var decision = Decision(outcome: .malformed, text: judgement.text, rule: rule)
            decision.certificate = judgement.certificate
            return Item(
                file: file,
                digest: judgement.digest,
                decision: decision,
                resultName: name.result(outcome: Outcome.malformed.rawValue)
            )
        }
        let provisional = name.result(outcome: judgement.outcome.rawValue)
        let item = Decider.Case(
            judgement: judgement,
            source: ResultSource(file: file.name),
            resultPath: SpoolLayout.resultPath(day: context.day, name: provisional),
            line: nil,
            isRetry: file.deferred != nil,
            delivery: judgement.delivery ?? Delivery(.record(ByteSlice("")), arrivedAt: judgement.arrivedAt),
            trust: context.trust
        )
        var decision = try group.lifting { group throws(LedgerError) in
            try context.decider.decide(item, at: context.now, in: group)
        }
        decision.certificate = judgement.certificate
        return try settle(item, decision, file, name, in: group)
    }

    /// A file that was decided in a group that was committed: it was answered then, or it waits.
    private func echo(
        _ judgement: Judgement,
        _ name: DeferredName,
        _ file: TakenFile,
        _ committed: CommittedGroup,
        in group: LedgerGroup
    ) throws(PipelineError) -> Item? {
        let waiting = try group.lifting { group throws(LedgerError) in try group.deferred.find(judgement.digest) }
        let waits = waiting?.fileName == name.description
        guard let outcome = committed.answer(to: name) ?? (waits ? .deferred : nil) else { return nil }
        return Item(
            file: file,
            digest: judgement.digest,
            decision: Decision(outcome: outcome, text: judgement.text),
            resultName: nil,
            deferredName: waits ? name : nil
        )
    }

    private func settle(
        _ item: Decider.Case,
        _ decision: Decision,
        _ file: TakenFile,
        _ name: DeferredName,
        in group: LedgerGroup
    ) throws(PipelineError) -> Item {
        guard decision.outcome == .deferred else {
            if file.deferred != nil { try forget(item.judgement, in: group) }
            return Item(
                file: file,
                digest: item.judgement.digest,
                decision: decision,
                resultName: name.result(outcome: decision.outcome.rawValue)
            )
        }
        let entry = context.deferral(item, decision, name: name)
        if context.now - entry.firstDeferredAt >= context.plan.retryFor {
            try forget(item.judgement, in: group)
            var expired = try group.lifting { _ throws(LedgerError) in
                try context.decider.expire(item, at: context.now)
            }
            expired.hasExpired = true
            expired.certificate = item.judgement.certificate
            return Item(
                file: file,
                digest: item.judgement.digest,
                decision: expired,
                resultName: name.result(outcome: Outcome.deferred.rawValue)
            )
        }
        try group.lifting { group throws(LedgerError) in try group.deferred.put(entry) }
        return Item(file: file, digest: item.judgement.digest, decision: decision, resultName: nil, deferredName: name)
    }

    private func forget(_ judgement: Judgement, in group: LedgerGroup) throws(PipelineError) {
        try group.lifting { group throws(LedgerError) in try group.deferred.remove(judgement.digest) }
    }

    /// What waited and cannot be read any more goes to `failed`: it waits no longer.
    private func forget(_ unreadable: [TakenFile], in group: LedgerGroup) throws(PipelineError) {
        for file in unreadable {
            guard let entry = file.deferred.flatMap({ context.waiting[$0.description] }) else { continue }
            try group.lifting { group throws(LedgerError) in try group.deferred.remove(entry.requestSHA256) }
        }
    }

    private static func deferredName(_ file: TakenFile, _ h16: String) -> DeferredName {
        guard case .input(let name) = InputName.classify(file.name) else {
            return DeferredName(stem: file.stem, h16: h16, line: 1)
        }
        return DeferredName(single: name, h16: h16)
    }

    /// Writes all results, in parallel, and makes them durable: after this only the commit is left.
    private func stage(_ items: [Item], in group: LedgerGroup) throws(PipelineError) {
        var results: [(name: String, text: ByteSlice)] = []
        var names: Set<String> = []
        for item in items {
            guard let name = item.resultName else { continue }
            guard names.insert(name).inserted else {
                // The same name twice in one group: the same repeat or the same unreadable bytes; the first stands.
                if item.decision.outcome.mayMeetItsTwin { continue }
                throw .spool(.conflict(path: name))
            }
            results.append((name, item.decision.text))
            let path = SpoolLayout.resultPath(day: context.day, name: name)
            let entry = OutboxEntry(stagedName: name, resultName: path, sha256: .of(item.decision.text))
            try group.lifting { group throws(LedgerError) in try group.add(entry) }
        }
        guard !results.isEmpty || items.contains(where: { $0.deferredName != nil }) else { return }
        let spool = context.spool
        nonisolated(unsafe) let staged = results  // read only, by place, until the workers end
        try context.pool.run(results.count) { _, index throws(PipelineError) in
            do throws(SpoolError) {
                try unsafe Self.stage(staged[index].name, staged[index].text, in: spool)
            } catch {
                throw .spool(error)
            }
        }
        try context.lifting { () throws(SpoolError) in try spool.synchronize() }
        try context.markPublished(in: group)
    }

    /// Stages one result; what has its name was never committed, for that was published, and gives way.
    private static func stage(_ name: String, _ text: ByteSlice, in spool: Spool) throws(SpoolError) {
        do throws(SpoolError) {
            try spool.stage(name, text)
        } catch .conflict {
            try spool.removeStaged(name)
            try spool.stage(name, text)
        }
    }

    /// After the commit: everything here can be done again.
    private func finish(_ items: [Item], _ unreadable: [(TakenFile, SpoolError)]) throws(PipelineError) {
        let (spool, now) = (context.spool, context.now)
        for item in items { context.answered(item.decision, item.digest, item.file) }
        context.notePace()
        try context.publish(items.compactMap { item in item.resultName.map { ($0, $0) } })
        for item in items {
            guard let waiting = item.deferredName else { continue }
            try context.lifting { () throws(SpoolError) in _ = try spool.moveToDeferred(item.file, as: waiting) }
        }
        for (file, error) in unreadable {
            try context.lifting { () throws(SpoolError) in
                if case .vanished = error { return }
                _ = try spool.fail(file, error.failureReason, detail: error.complaint, at: now)
            }
            context.tally.setAside(file.name, error.failureReason, error.complaint)
        }
        try context.lifting { () throws(SpoolError) in
            if try !spool.release(taken) { _ = try spool.archive(taken.name, day: context.day) }
        }
    }
}
