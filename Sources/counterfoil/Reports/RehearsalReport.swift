import Crypto
import Encoding
import JOSE
import OpenBanking
import Operations
import Pipeline
import Report
import Rules

/// The report of a dry run: what would come of each request, as it is judged.
final class RehearsalReport {
    private let site: Site
    private let files: ReportFiles
    private var writer: ReportWriter
    private var failure: Failure?

    init(_ site: Site, _ files: ReportFiles) throws(Failure) {
        (self.site, self.files) = (site, files)
        writer = try ReportWriter(files)
    }

    /// Adds what was judged; a fault of writing is told at the end.
    func add(_ judged: Judged, _ evidence: Evidence, _ policy: Policy, file: String, line: Int?) {
        guard failure == nil else { return }
        var result = ReportedResult(
            file: file,
            line: line,
            requestSHA256: evidence.digest.hex,
            outcome: judged.outcome,
            snapshot: evidence.generation,
            decidedAt: evidence.now
        )
        result.reference = evidence.reference?.string
        result.findings = judged.answer.verdict.findings.map { finding in
            ReportedResult.Finding(
                rule: finding.rule.name,
                severity: finding.severity.rawValue,
                message: finding.message,
                value: finding.value,
                remedy: finding.remedy,
                source: finding.source
            )
        }
        result.code = judged.outcome == .rejected ? judged.answer.verdict.primary?.code?.rawValue : nil
        result.relaxations = judged.answer.verdict.relaxations.map(\.rule.name)
        result.overrides = judged.answer.verdict.findings.map(\.rule).filter { policy.overrides[$0] != nil }.map(\.name)
        result.keysFetchedAt = (evidence.softwareKeys ?? evidence.directoryKeys)?.fetchedAt
        if evidence.statementVerified {
            result.softwareID = evidence.statedText(.softwareID)?.string
            result.organisationID = evidence.statedText(.organisationID)?.string
            result.organisationName = evidence.statedText(.organisationName)?.string
            result.clientName = evidence.statedText(.clientName)?.string
            result.environment = evidence.environment?.rawValue
        }
        do throws(Failure) { try writer.add(result) } catch { failure = error }
    }

    func finish(_ result: PassResult) throws(Failure) {
        if let failure { throw failure }
        var facts = ReportSite(site).facts("dry run of \(Timestamp.rfc3339(result.now))")
        facts.isRehearsal = true
        _ = try writer.finish(facts)
    }
}
