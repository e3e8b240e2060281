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
    /// The group its input is archived with; nil where there is none left.
    let group: String?
    let fileName: String
    let stem: String
    let identity: BatchIdentity
    /// The hash of the results, where the run that wrote them all kept it.
    var resultsSHA256: SHA256Digest?
    /// Whether its file was changed on its way, so that the rest of it has no answer.
    var isCutOff = false

    private var resultsName: String { SpoolLayout.batchResults(stem: stem, h16: identity.h16) }
    private var summaryName: String { SpoolLayout.batchSummary(stem: stem, h16: identity.h16) }

    /// The end of a batch that was answered as far as it will be.
    init(
        context: PassContext,
        taken: TakenGroup,
        file: TakenFile,
        identity: BatchIdentity,
        resultsSHA256: SHA256Digest?
    ) {
        self.context = context
        group = taken.name
        (fileName, stem) = (file.name, file.stem)
        self.identity = identity
        self.resultsSHA256 = resultsSHA256
    }

    /// The end of a batch whose file is not any more what it was.
    init(context: PassContext, cutOff batch: BatchRecord, stem: String) {
        self.context = context
        group = nil
        (fileName, self.stem) = (batch.fileName, stem)
        let day = SpoolLayout.day(batch.startedAt)
        identity = BatchIdentity(sha256: batch.contentSHA256, lines: batch.lines, day: day)
        isCutOff = true
    }

    func run(_ record: BatchRecord) throws(PipelineError) {
        var batch = record
        if batch.state == .open { batch = try commit(batch) }
        if batch.state == .complete {
            let files = [(staged: batch.stagedName, name: resultsName), (staged: summaryName, name: summaryName)]
            try context.publish(files, day: identity.day)
        }
        try context.lifting { () throws(SpoolError) in
            guard let group else { return }
            try context.spool.forget(.cancel(stem: stem))
            _ = try context.spool.archive(group, day: context.day)
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
        return try context.commit(group ?? "") { group throws(PipelineError) in
            var batch = open
            batch.state = .complete
            batch.updatedAt = context.now
            let head = try group.lifting { group throws(LedgerError) in try group.auditEnd() }
            let text = summary(open, measured, audit: head)
            let results = OutboxEntry(
                stagedName: batch.stagedName,
                resultName: SpoolLayout.resultPath(day: identity.day, name: resultsName),
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
        json.member("file", fileName)
        json.member("sha256", identity.sha256.hex)
        if let total = identity.control?.hashTotal { json.member("hash_total", total) }
        if let id = batch.manifestID { json.member("batch_id", id) }
        json.member("mode", (batch.isMigration ? JudgingMode.migration : .ordinary).rawValue)
        json.member("lines", Int64(batch.lines))
        if batch.lines < identity.lines { json.member("unanswered", Int64(identity.lines - batch.lines)) }
        if isCutOff { json.member("cut_off", true) }
        json.name("outcomes")
        json.beginObject()
        for outcome in Outcome.allCases { json.member(StaticOutcome.name(outcome), Int64(batch.counts[outcome])) }
        json.endObject()
        if batch.isMigration { write(batch.migration, to: &json) }
        json.name("results")
        json.beginObject()
        json.member("file", resultsName)
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
