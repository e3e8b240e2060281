import Crypto
import Encoding
import Ledger
import OpenBanking
import Rules
import Spool

/// Ends a batch: summary written, results and summary committed to appear, shown in this order, input archived.
///
/// Each step can be done again after a stop: the ledger's state of the batch says which are left.
struct BatchCompletion {
    let context: PassContext
    let taken: TakenGroup
    let file: TakenFile
    let identity: BatchIdentity
    /// The hash of the results, where the run that wrote them all kept it.
    var resultsSHA256: SHA256Digest?

    func run(_ record: BatchRecord) throws(PipelineError) {
        var batch = record
        if batch.state == .open { batch = try commit(batch) }
        let results = identity.resultsName(file)
        let summary = identity.summaryName(file)
        if batch.state == .complete {
            try context.publish(batch.stagedName, as: results, .accepted, day: identity.day)
            try context.publish(summary, as: summary, .accepted, day: identity.day)
        }
        try context.lifting { () throws(SpoolError) in
            try context.spool.forget(.cancel(stem: file.stem))
            _ = try context.spool.archive(taken.name, day: context.day)
        }
        guard batch.state == .complete else { return }
        _ = try context.commit("") { group throws(PipelineError) in
            try group.lifting { group throws(LedgerError) in
                batch.state = .done
                try group.batches.update(batch)
            }
        }
    }

    private func commit(_ open: BatchRecord) throws(PipelineError) -> BatchRecord {
        let measured = try measure(open)
        let summaryName = identity.summaryName(file)
        return try context.commit(taken.name) { group throws(PipelineError) in
            var batch = open
            batch.state = .complete
            batch.updatedAt = context.now
            let head = try group.lifting { group throws(LedgerError) in try group.auditEnd() }
            let text = summary(open, measured, audit: head)
            let results = OutboxEntry(
                stagedName: batch.stagedName,
                resultName: SpoolLayout.resultPath(day: identity.day, name: identity.resultsName(file)),
                sha256: measured.sha256
            )
            let last = OutboxEntry(
                stagedName: summaryName,
                resultName: SpoolLayout.resultPath(day: identity.day, name: summaryName),
                sha256: .of(text)
            )
            try group.lifting { group throws(LedgerError) in
                try group.add(results)
                try group.add(last)
                try group.batches.update(batch)
            }
            try context.lifting { () throws(SpoolError) in
                try context.spool.removeStaged(summaryName)
                try context.spool.stage(summaryName, text)
                try context.spool.synchronize()
            }
            return batch
        }
    }

    /// What the summary says of the results file.
    private struct Results {
        var sha256: SHA256Digest
        var hashTotal: String?
    }

    /// The hash of the results, and the total of their lines where a manifest asks for totals.
    private func measure(_ open: BatchRecord) throws(PipelineError) -> Results {
        if let resultsSHA256, identity.control == nil { return Results(sha256: resultsSHA256) }
        let stream = SHA256Stream()
        let total = identity.control == nil ? nil : LineTotal()
        try context.lifting { () throws(SpoolError) in
            try context.spool.forEachStagedPiece(open.stagedName) { piece in
                stream.update(piece)
                total?.update(piece)
            }
        }
        return Results(sha256: stream.finish(), hashTotal: total?.finish())
    }

    private func summary(
        _ batch: BatchRecord,
        _ results: Results,
        audit: (number: Int64, hash: SHA256Digest)
    ) -> ByteSlice {
        let buffer = ByteBuffer(capacity: 1024)
        var json = JSONWriter(buffer)
        json.beginObject()
        json.member("v", 1 as Int64)
        json.member("file", file.name)
        json.member("sha256", identity.sha256.hex)
        if let total = identity.control?.hashTotal { json.member("hash_total", total) }
        if let id = identity.manifest?.batchID { json.member("batch_id", id) }
        json.member("mode", (batch.isMigration ? JudgingMode.migration : .ordinary).rawValue)
        json.member("lines", Int64(batch.lines))
        if batch.lines < identity.lines { json.member("unanswered", Int64(identity.lines - batch.lines)) }
        json.name("outcomes")
        json.beginObject()
        for outcome in Outcome.allCases { json.member(StaticOutcome.name(outcome), Int64(batch.counts[outcome])) }
        json.endObject()
        if batch.isMigration { write(batch.migration, to: &json) }
        json.name("results")
        json.beginObject()
        json.member("file", identity.resultsName(file))
        json.member("bytes", batch.outputOffset)
        json.member("sha256", results.sha256.hex)
        if let total = results.hashTotal { json.member("hash_total", total) }
        json.endObject()
        json.name("audit")
        json.beginObject()
        json.member("number", audit.number)
        json.member("hash", audit.hash.hex)
        json.endObject()
        json.member("snapshot", Int64(context.trust.generation))
        json.member("started_at", batch.startedAt)
        json.member("finished_at", context.now)
        json.endObject()
        buffer.append(UInt8(ascii: "\n"))
        return buffer.all
    }
}

extension BatchCompletion {
    private func write(_ counts: MigrationCounts, to json: inout JSONWriter) {
        json.name("migration")
        json.beginObject()
        json.member("clients", Int64(counts.clients))
        json.member("relaxed", Int64(counts.relaxed))
        json.name("relaxations")
        json.beginObject()
        for (rule, count) in counts.rules.sorted(by: { $0.key < $1.key }) {
            json.name(rule.name)
            json.integer(count)
        }
        json.endObject()
        json.endObject()
    }
}

/// Outcome names as literals, for writing members without making strings.
private enum StaticOutcome {
    static func name(_ outcome: Outcome) -> StaticString {
        switch outcome {
        case .accepted: "accepted"
        case .rejected: "rejected"
        case .malformed: "malformed"
        case .deferred: "deferred"
        case .duplicate: "duplicate"
        }
    }
}
