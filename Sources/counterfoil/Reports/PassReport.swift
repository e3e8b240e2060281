import Crypto
import Encoding
import Ledger
import OpenBanking
import Operations
import Pipeline
import Report

/// The report of one pass: every result that appeared in it, of files and of batches.
struct PassReport {
    let site: Site
    /// The last group before the pass.
    let after: Int64

    private static let batchEnding = ".results.ndjson"

    /// Results read from the ledger in one go.
    private static let pageSize = 500

    /// Marks where a pass begins.
    init(_ site: Site, before ledger: Ledger) throws(Failure) {
        self.site = site
        do throws(LedgerError) {
            after = try ledger.read(at: site.clock.now()) { group throws(LedgerError) in group.number - 1 }
        } catch {
            throw Failure(error)
        }
    }

    func write(_ result: PassResult, from ledger: Ledger, to files: ReportFiles) throws(Failure) {
        var writer = try ReportWriter(files)
        var facts = ReportSite(site).facts("pass of \(Timestamp.rfc3339(result.now))")
        (facts.startedAt, facts.finishedAt) = (result.now, result.now)
        facts.pace = result.tally.pace.samples.map {
            ReportFacts.Sample(milliseconds: $0.milliseconds, answered: $0.answered)
        }
        var batches: Set<String> = []
        var number: Int64 = 0
        while true {
            let page = try page(of: ledger, behind: number)
            for entry in page where !entry.resultName.hasSuffix(".summary.json") {
                try add(entry, to: &writer)
                if entry.resultName.hasSuffix(Self.batchEnding) {
                    batches.insert(String(PathName.split(entry.resultName).name.dropLast(Self.batchEnding.count)))
                    facts.files.append(ReportFacts.File(name: entry.resultName, sha256: entry.sha256.hex))
                }
            }
            guard page.count == Self.pageSize, let last = page.last else { break }
            number = last.number
        }
        try addWaiting(of: ledger, besides: batches, to: &writer)
        _ = try writer.finish(facts)
    }

    /// Adds what waits and is in no result of the pass: requests of files, and lines of earlier batches.
    private func addWaiting(
        of ledger: Ledger,
        besides batches: Set<String>,
        to writer: inout ReportWriter
    ) throws(Failure) {
        for entry in try LedgerReading.waiting(ledger, at: site.clock.now()) {
            // `<stem>.<h16>.<line>.json` of a batch `<stem>.<h16>`.
            let batch = entry.fileName.split(separator: ".").dropLast(2).joined(separator: ".")
            if entry.line != nil, batches.contains(batch) { continue }
            var result = ReportedResult(
                file: entry.fileName,
                line: nil,
                requestSHA256: entry.requestSHA256.hex,
                outcome: .deferred,
                snapshot: 0,
                decidedAt: entry.firstDeferredAt
            )
            let wanted = entry.wanted.first.map { $0.url + ($0.keyID.map { " kid \($0)" } ?? "") }
            result.findings = [
                ReportedResult.Finding(
                    rule: "",
                    severity: "deferral",
                    message: entry.reason,
                    value: wanted,
                    remedy: "Run \(site.configuration.refresh.mode.command); it is tried again by itself.",
                    source: ""
                )
            ]
            try writer.add(result)
        }
    }

    private func page(of ledger: Ledger, behind number: Int64) throws(Failure) -> [OutboxEntry] {
        do throws(LedgerError) {
            return try ledger.read(at: site.clock.now()) { group throws(LedgerError) in
                try group.outbox.results(afterGroup: after, behind: number, limit: Self.pageSize)
            }
        } catch {
            throw Failure(error)
        }
    }

    /// Adds the results of one file; one that a consumer took away meanwhile is passed over.
    private func add(_ entry: OutboxEntry, to writer: inout ReportWriter) throws(Failure) {
        let file = ReportedFile(path: "\(site.configuration.spool.path)/\(entry.resultName)")
        var results = writer
        _ = try file.forEach { _, _, result throws(Failure) in
            if let result { try results.add(result) }
        }
        writer = results
    }
}
