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
    /// Rules that were not asked, by why.
    let unreached: [UnreachedRules]
    /// What the ledger knows of it, in words.
    let ledger: String
    let judged: Judged
    private let access: RefreshAccess

    init(file: String, judged: Judged, bench: Bench, configuration: Configuration) {
        let evidence = bench.evidence
        let verdict = judged.verdict
        self.file = file
        self.judged = judged
        access = configuration.refresh.mode
        self.verdict = verdict
        unreached = UnreachedRules.all(verdict.notReached, evidence)
        if judged.outcome == .duplicate {
            ledger = PriorWords.text(judged)
        } else {
            ledger =
                bench.hasLedger ? "does not know this request" : "there is none yet at \(configuration.ledger.path)"
        }
        profile = configuration.policy.profile.rawValue
        snapshot = bench.snapshot.generation
        now = bench.now
        digest = evidence.digest.hex
        softwareID = evidence.statedText(.softwareID).map { Printable.text($0) }
        organisationID = evidence.statedText(.organisationID).map { Printable.text($0) }
        keys = ExplainedKey.all(evidence)
        certificate = evidence.certificate.map {
            ExplainedCertificate($0, evidence, now: bench.now, bench.snapshot.anchors)
        }
        let failed = Set(verdict.findings.map(\.rule))
        let unreached = Set(verdict.notReached)
        passed = bench.plan.book.ids.filter { !failed.contains($0) && !unreached.contains($0) }
    }

    /// What whoever asked should do now.
    var remedy: String {
        guard judged.outcome == .duplicate else { return remedyIfNew }
        guard judged.answer.prior != nil else { return "\(remedyIfNew); as it stands it would be a duplicate" }
        return "see its answer: counterfoil explain \(digest.prefix(16)); were it new: \(remedyIfNew)"
    }

    private var remedyIfNew: String {
        switch verdict.outcome {
        case .accepted, .duplicate: return "nothing; it is accepted"
        case .rejected, .malformed: return verdict.primary?.remedy ?? "see the findings"
        case .deferred:
            let missing = verdict.wanted.first.map { "; missing: \(Printable.text($0.url, limit: 400))" } ?? ""
            return "run: \(access.command); the request is tried again by itself\(missing)"
        }
    }
}
