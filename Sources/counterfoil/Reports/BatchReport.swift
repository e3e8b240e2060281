import Crypto
import Encoding
import Ledger
import OpenBanking
import Operations
import Report

/// The report of one batch: read line by line, with the decisions that came later in place of what waited.
struct BatchReport {
    let site: Site
    let batch: BatchSearch.Found

    func write(to files: ReportFiles) throws(Failure) -> ReportTally {
        let path = batch.results
        var writer = try ReportWriter(files)
        let later = try LaterDecisions(site)
        let digest = SHA256Stream()
        let end = ByteSlice("\n")
        var bytes = Int64(0)
        let isThere = try ReportedFile(path: path).forEach { number, line, result throws(Failure) in
            guard let result else { throw damaged(path, number) }
            digest.update(line)
            digest.update(end)
            bytes += Int64(line.count) + 1
            try writer.add(result.outcome == .deferred ? later.decision(for: result) ?? result : result)
        }
        guard isThere else {
            let remedy = "name where it is now: counterfoil report DIR/\(PathName.split(path).name)"
            throw Failure(
                UserMessage(path, "the results are not there any more", remedy: remedy),
                name: "report",
                .usage
            )
        }
        let sha256 = digest.finish().hex
        try compare(sha256)
        var facts = ReportSite(site).facts(batch.batch.fileName)
        facts.batchID = batch.batch.manifestID
        facts.isMigration = batch.batch.isMigration
        facts.clientsTakenOver = batch.batch.migration.clients
        facts.unanswered = unanswered
        (facts.startedAt, facts.finishedAt) = (batch.batch.startedAt, batch.batch.updatedAt)
        facts.pace = batch.batch.pace.samples.map {
            ReportFacts.Sample(milliseconds: $0.milliseconds, answered: $0.answered)
        }
        facts.files = [
            ReportFacts.File(
                name: batch.batch.fileName,
                bytes: batch.batch.byteCount,
                sha256: batch.batch.contentSHA256.hex
            ), ReportFacts.File(name: PathName.split(path).name, bytes: bytes, sha256: sha256),
        ]
        return try writer.finish(facts)
    }

    /// What the batch's own summary says, where it is still there.
    private var summary: JSONDocument? {
        do throws(FileBytes.Fault) {
            let document = JSONDocument(limits: .result)
            let bytes = try FileBytes.read(batch.summary, limit: 1 << 20)
            do throws(JSONError) { try document.parse(bytes) } catch { return nil }
            return document
        } catch {
            return nil
        }
    }

    private var unanswered: Int { Int(summary?.root["unanswered"]?.integer ?? 0) }

    /// Ends where the results are not those the batch was completed with.
    private func compare(_ sha256: String) throws(Failure) {
        guard let summary, let expected = summary.root["results"]?["sha256"]?.text, !expected.equals(sha256) else {
            return
        }
        let message = UserMessage(
            batch.results,
            "is not as it was committed: its digest is not the one in the summary",
            remedy: "restore the file from a backup; a report of it would prove nothing"
        )
        throw Failure(message, name: "report.digest", .unexpected)
    }

    private func damaged(_ path: String, _ line: Int) -> Failure {
        let message = UserMessage(
            path,
            "line \(line) is no result",
            remedy: "restore the file from a backup; a report of it would prove nothing"
        )
        return Failure(message, name: "report.damaged", .unexpected)
    }
}
