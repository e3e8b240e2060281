package import Crypto
package import Encoding
import OpenBanking
package import Rules

/// Judges stored requests again, as of when they were judged; one thread's.
package final class PastJudge {
    /// A verdict as it can be compared with the one that was recorded.
    package struct Judged {
        package let verdict: Verdict
        /// What the request is known by.
        package let digest: SHA256Digest
        /// What the verdict rests on, as its result would have it.
        package let evidence: String
    }

    private let examiner: Examiner

    /// A judge by the policy of then.
    package init(_ policy: Policy) {
        let plan = ProcessPlan(policy: policy, workers: 1, secretKey: [])
        examiner = Examiner(policy: plan.policy, book: plan.book, indexes: plan.indexes)
    }

    /// Judges what was delivered, at the time it was judged by, against the keys of then.
    package func judge(_ delivery: Delivery, at now: UnixTime, trust: TrustView) -> Judged {
        let verdict = examiner.examine(delivery, now: now, trust: trust)
        let buffer = ByteBuffer(capacity: 1024)
        var json = JSONWriter(buffer)
        ResultWriter.evidence(examiner.evidence, verdict).writeObject(to: &json)
        return Judged(verdict: verdict, digest: examiner.evidence.digest, evidence: buffer.all.string)
    }
}
