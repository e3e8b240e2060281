import Crypto
import Encoding
import JOSE
import Ledger
import OpenBanking
import PKIX
import Rules

/// One thread's machinery: reads, judges and writes results into memory of its own.
///
/// Nothing in it is shared.
final class Worker {
    let examiner: Examiner
    /// The bytes of a single or record, read once.
    let input = ByteBuffer(capacity: 64 << 10)
    /// The bytes of the certificate beside a single.
    let certificate = ByteBuffer(capacity: 16 << 10)
    private var output = ByteBuffer(capacity: 4 << 20)
    /// The results of the group before, which are being committed while the next is judged.
    private var before = ByteBuffer(capacity: 4 << 20)
    private let credentials = Credentials()
    private let summary = ClientSummary()
    private let digests = SHA256Stream()
    private let plan: ProcessPlan
    /// True where the bank's policy makes registrations depend on earlier ones.
    private let asksTheLedger: Bool

    init(_ plan: ProcessPlan) {
        self.plan = plan
        asksTheLedger =
            plan.policy.duplicates != .many || LedgerRuling.isActive(.statementUnused, plan.policy)
        examiner = Examiner(policy: plan.policy, book: plan.book, indexes: plan.indexes)
    }

    /// Begins a group: the results of the last one stay valid until the next begins, those before it are forgotten.
    func reset() {
        swap(&output, &before)
        output.removeAll()
    }

    /// Judges one request and writes its result, as it will be if the ledger knows nothing against it.
    func judge(
        _ delivery: Delivery,
        index: Int,
        source: ResultSource,
        now: UnixTime,
        trust: TrustView
    ) throws(PipelineError) -> Judgement {
        let verdict = examiner.examine(delivery, now: now, trust: trust)
        return try judgement(verdict, index: index, source: source)
    }

    /// True where the committer may have to look at the delivery again: to carry out an operation, to refuse or replace
    /// because of earlier registrations, to end a wait.
    func mayBeReadAgain(_ judgement: Judgement) -> Bool {
        judgement.needsLedger || judgement.outcome == .deferred
            || (judgement.outcome == .accepted && (asksTheLedger || judgement.existingID != nil))
    }

    private func judgement(_ verdict: Verdict, index: Int, source: ResultSource) throws(PipelineError) -> Judgement {
        let evidence = examiner.evidence
        let start = output.count
        let client = try writeResult(verdict, source)
        let keys = RequestKeys(evidence, verdict, by: digests)
        return Judgement(
            index: index,
            verdict: verdict,
            digest: evidence.digest,
            jtiKey: keys.jtiKey,
            statementKey: keys.statementKey,
            operation: evidence.operation,
            certificate: PresentedCertificate(evidence),
            text: output[start..<output.count],
            client: client,
            reference: evidence.reference?.string,
            possession: evidence.possession,
            arrivedAt: evidence.arrivedAt,
            isByReceipt: evidence.requestTime != evidence.arrivedAt,
            existingID: evidence.existing?.clientID.string
        )
    }

    /// Writes the result; the client it issues, where it issues one.
    private func writeResult(_ verdict: Verdict, _ source: ResultSource) throws(PipelineError) -> ClientRecord? {
        let evidence = examiner.evidence
        let writer = ResultWriter(evidence: evidence, plan: plan)
        var issued: IssuedCredentials?
        if verdict.outcome == .accepted {
            // The other operations are answered by the committer, who asks the ledger.
            guard evidence.operation == .register else { return nil }
            if let own = migrated() {
                issued = own
            } else {
                issued = try credentials.issue(method: evidence.method, at: evidence.now)
            }
        }
        let answer: ResultAnswer =
            issued.map { .client(status: 201, writer.response($0)) } ?? ResultWriter.refusal(verdict, plan.policy)
        do throws(SealingFault) {
            try writer.write(verdict, answer, source: source, to: output)
        } catch {
            throw .sealing(error)
        }
        return issued.map(record)
    }

    /// The client record of what was just accepted.
    func record(_ issued: IssuedCredentials) -> ClientRecord {
        let evidence = examiner.evidence
        let secretHash = issued.secret.map { HMACSHA256.tag(key: plan.secretKey, $0.bytes) }
        var record = ClientRecord(
            clientID: issued.clientID.string,
            softwareID: evidence.statedText(.softwareID)?.string ?? "",
            organisationID: evidence.statedText(.organisationID)?.string ?? "",
            organisationIdentifier: evidence.certificate?.names.organisationIdentifier,
            environment: evidence.environment ?? plan.policy.environment,
            channel: evidence.channel,
            authenticationMethod: evidence.method?.rawValue ?? "",
            secretHash: secretHash,
            issuedAt: issued.issuedAt,
            requestSHA256: evidence.digest,
            certificateFingerprint: evidence.certificate?.certificate.fingerprint.hex,
            summary: summary.write(evidence, clientID: issued.clientID, issuedAt: issued.issuedAt)
        )
        if let existing = evidence.existing {
            record.origin = .migrated
            record.updatedAt = evidence.now
            if evidence.method?.hasSecret == true { record.givenHash = existing.secretHash?.string }
        }
        return record
    }

    /// The credentials of a client that a migration takes over: its own, as old as its registration.
    private func migrated() -> IssuedCredentials? {
        let evidence = examiner.evidence
        guard let existing = evidence.existing else { return nil }
        let secret = evidence.method?.hasSecret == true ? existing.secret : nil
        let issuedAt = existing.registeredAt ?? evidence.now
        return IssuedCredentials(clientID: existing.clientID, secret: secret, issuedAt: issuedAt)
    }
}
