import Crypto
import Encoding
import JOSE
import Ledger
import OpenBanking
import PKIX
import Rules

/// Carries out what asks about a client that exists: update, delete, read (rules ).
///
/// The committer alone reads the ledger, so it reads such a request once more with a worker of its own and answers it
/// from live evidence. They are rare; registrations never come here.
final class OperationDesk {
    private let worker: Worker
    private let plan: ProcessPlan
    private let credentials = Credentials()

    init(_ plan: ProcessPlan) {
        self.plan = plan
        worker = Worker(plan)
    }

    /// Carries out an operation whose request passed every other rule.
    func carryOut(
        _ item: Decider.Case,
        at now: UnixTime,
        in group: LedgerGroup,
        to output: ByteBuffer
    ) throws(LedgerError) -> Decision {
        let verdict = worker.examiner.examine(item.delivery, now: now, trust: item.trust)
        guard verdict.outcome == .accepted else {
            return try write(item, verdict, ResultWriter.refusal(verdict, plan.policy), to: output)
        }
        let evidence = worker.examiner.evidence
        let clientID = evidence.clientID?.string ?? ""
        let stored = try group.clients.find(clientID)
        let findings = LedgerRuling.findings(LedgerQuestion.operation(evidence, stored), plan.policy)
        guard let stored, !findings.contains(where: { $0.severity == .error }) else {
            let refused = Verdict(outcome: .rejected, findings: verdict.findings + findings)
            return try write(
                item,
                refused,
                ResultWriter.refusal(refused, plan.policy),
                doing: refused.primary?.status == 401
                    ? [.revokeCallersToken(clientID: Printable.text(ByteSlice(clientID)))] : [],
                to: output
            )
        }
        switch evidence.operation {
        case .update: return try update(stored, item, verdict, at: now, in: group, to: output)
        case .delete:
            try group.clients.tombstone(clientID, at: now)
            let tokens = ResultInstruction.invalidateTokens(clientID: clientID, issuedUntil: now)
            return try write(item, verdict, .deleted, on: clientID, doing: [tokens], to: output)
        case .read, .register:
            return try write(item, verdict, .stored(ByteSlice(stored.summary)), on: clientID, to: output)
        }
    }

    /// Replaces a client by a registration of the same software, where the bank treats repeats as updates.
    func replace(
        _ known: ClientRecord,
        _ item: Decider.Case,
        at now: UnixTime,
        in group: LedgerGroup,
        to output: ByteBuffer
    ) throws(LedgerError) -> Decision {
        let verdict = worker.examiner.examine(item.delivery, now: now, trust: item.trust)
        guard verdict.outcome == .accepted else {
            return try write(item, verdict, ResultWriter.refusal(verdict, plan.policy), to: output)
        }
        return try update(known, item, verdict, at: now, in: group, to: output)
    }

    /// Writes the refusal of a registration by the ledger's rules.
    func refuse(
        _ item: Decider.Case,
        _ findings: [Finding],
        at now: UnixTime,
        to output: ByteBuffer
    ) throws(LedgerError) -> Decision {
        let verdict = worker.examiner.examine(item.delivery, now: now, trust: item.trust)
        let refused = Verdict(outcome: .rejected, findings: verdict.findings + findings)
        return try write(item, refused, ResultWriter.refusal(refused, plan.policy), to: output)
    }

    /// Writes the last result of a request whose keys did not come in time.
    func expire(_ item: Decider.Case, at now: UnixTime, to output: ByteBuffer) throws(LedgerError) -> Decision {
        let verdict = worker.examiner.examine(item.delivery, now: now, trust: item.trust)
        return try write(item, verdict, .expired, to: output)
    }

    private func update(
        _ stored: ClientRecord,
        _ item: Decider.Case,
        _ verdict: Verdict,
        at now: UnixTime,
        in group: LedgerGroup,
        to output: ByteBuffer
    ) throws(LedgerError) -> Decision {
        let evidence = worker.examiner.evidence
        let keepsSecret = stored.authenticationMethod == evidence.method?.rawValue
        var issued = IssuedCredentials(clientID: ByteSlice(stored.clientID), secret: nil, issuedAt: stored.issuedAt)
        if !keepsSecret, evidence.method?.hasSecret == true {
            issued.secret = try freshSecret(evidence.method, at: now)
        }
        var record = worker.record(issued)
        record.channel = stored.channel
        record.updatedAt = now
        if keepsSecret {
            record.secretHash = stored.secretHash
            record.givenHash = stored.givenHash
        }
        try group.clients.update(record)
        let writer = ResultWriter(evidence: evidence, plan: plan)
        return try write(item, verdict, .client(status: 200, writer.response(issued)), on: stored.clientID, to: output)
    }

    private func freshSecret(_ method: AuthenticationMethod?, at now: UnixTime) throws(LedgerError) -> ByteSlice? {
        do throws(PipelineError) {
            return try credentials.issue(method: method, at: now).secret
        } catch {
            throw .abandoned("\(error)")
        }
    }

    private func write(
        _ item: Decider.Case,
        _ verdict: Verdict,
        _ answer: ResultAnswer,
        on clientID: String? = nil,
        doing instructions: [ResultInstruction] = [],
        to output: ByteBuffer
    ) throws(LedgerError) -> Decision {
        let start = output.count
        do throws(SealingFault) {
            try ResultWriter(evidence: worker.examiner.evidence, plan: plan).write(
                verdict,
                answer,
                source: item.source,
                instructions: instructions,
                to: output
            )
        } catch {
            throw .abandoned("\(error)")
        }
        return Decision(
            outcome: verdict.outcome,
            text: output[start..<output.count],
            rule: verdict.primary?.rule,
            clientID: clientID
        )
    }
}
