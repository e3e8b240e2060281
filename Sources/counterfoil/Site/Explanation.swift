import Crypto
import Encoding
import JOSE
import KeyCache
import OpenBanking
import Operations
import PKIX
import Pipeline
import Rules

/// Everything there is to say about one verdict, gathered before the next request is read.
struct Explanation {
    let file: String
    let verdict: Verdict
    let profile: String
    let snapshot: Int
    let now: UnixTime
    let digest: String
    let softwareID: String?
    let organisationID: String?
    let keys: [ExplainedKey]
    let certificate: ExplainedCertificate?
    /// Rules that were asked and had nothing to find.
    let passed: [RuleID]

    init(file: String, verdict: Verdict, bench: Bench, configuration: Configuration) {
        let evidence = bench.evidence
        self.file = file
        self.verdict = verdict
        profile = configuration.policy.profile.rawValue
        snapshot = bench.snapshot.generation
        now = bench.now
        digest = evidence.digest.hex
        softwareID = evidence.statedText(.softwareID).map { Printable.text($0) }
        organisationID = evidence.statedText(.organisationID).map { Printable.text($0) }
        keys = ExplainedKey.all(evidence)
        certificate = evidence.certificate.map { ExplainedCertificate($0, now: bench.now, bench.snapshot.anchors) }
        let failed = Set(verdict.findings.map(\.rule))
        let unreached = Set(verdict.notReached)
        passed = bench.plan.book.ids.filter { !failed.contains($0) && !unreached.contains($0) }
    }

    /// What whoever asked should do now.
    var remedy: String {
        switch verdict.outcome {
        case .accepted, .duplicate: return "nothing; it is accepted unless the ledger knows the same request already"
        case .rejected, .malformed: return verdict.primary?.remedy ?? "see the findings"
        case .deferred:
            let missing = verdict.wanted.first.map { "; missing: \(Printable.text($0.url, limit: 400))" } ?? ""
            return "run: counterfoil refresh; the request is tried again by itself\(missing)"
        }
    }
}
