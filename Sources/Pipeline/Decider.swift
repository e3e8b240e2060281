import Crypto
import Encoding
import JOSE
import Ledger
import OpenBanking
import Rules

/// Decides one request after another inside a group's transaction: duplicates, ledger rules, credentials, audit.
///
/// The only code that makes a credential exist, and it does so by rows alone: the commit of its group is the moment.
final class Decider {
    private let plan: ProcessPlan
    private let desk: OperationDesk
    /// Results that had to be written anew because the ledger knew better.
    private let output = ByteBuffer(capacity: 64 << 10)
    private let audit = AuditText()
    /// Whether the bank wants to know of software statements that come again.
    private let notesStatements: Bool

    init(_ plan: ProcessPlan) {
        self.plan = plan
        desk = OperationDesk(plan)
        notesStatements = LedgerRuling.isActive(.statementUnused, plan.policy)
    }

    /// Forgets the texts of the last group.
    func reset() { output.removeAll() }

    /// What is needed to decide besides the judgement.
    struct Case {
        var judgement: Judgement
        var source: ResultSource
        /// The day's folder and the name, as the ledger remembers them.
        var resultPath: String
        var line: Int?
        var isRetry: Bool
        var delivery: Delivery
        var trust: TrustView

        /// The path of the result once the ledger had its say: a single's name tells its outcome.
        func resultPath(_ outcome: Outcome) -> String {
            guard outcome != judgement.outcome else { return resultPath }
            let ending = ".\(judgement.outcome.rawValue).json"
            guard resultPath.hasSuffix(ending) else { return resultPath }
            return "\(resultPath.dropLast(ending.count)).\(outcome.rawValue).json"
        }
    }

    /// Decides one case; the rows are the group's, final with its commit.
    func decide(_ item: Case, at now: UnixTime, in group: LedgerGroup) throws(LedgerError) -> Decision {
        let judgement = item.judgement
        var entry = RequestEntry(
            requestSHA256: judgement.digest,
            jtiKey: judgement.jtiKey,
            resultName: item.resultPath,
            line: item.line,
            decidedAt: now,
            isRetry: item.isRetry
        )
        if judgement.outcome != .deferred {
            entry.foreseen = RequestEntry.Foreseen(
                outcome: judgement.outcome,
                clientID: judgement.client?.clientID
            )
        }
        switch try group.enter(entry) {
        case .duplicate(let prior): return try duplicate(item, of: prior)
        case .new(let number): return try conclude(item, number, at: now, in: group)
        }
    }

    /// The last result of a request that waited longer than the bank allows.
    func expire(_ item: Case, at now: UnixTime) throws(LedgerError) -> Decision {
        try desk.expire(item, at: now, to: output)
    }

    private func conclude(
        _ item: Case,
        _ number: Int64,
        at now: UnixTime,
        in group: LedgerGroup
    ) throws(LedgerError) -> Decision {
        let judgement = item.judgement
        var decision = Decision(
            outcome: judgement.outcome,
            text: judgement.text,
            rule: judgement.verdict.primary?.rule,
            wanted: judgement.verdict.wanted,
            relaxed: judgement.verdict.relaxations.map(\.rule)
        )
        if judgement.needsLedger {
            decision = try desk.carryOut(item, at: now, in: group, to: output)
        } else if let client = judgement.client {
            if let refusal = try ledgerRefusal(item, client, at: now, in: group) {
                decision = refusal
            } else if plan.policy.duplicates == .update, judgement.existingID == nil,
                let known = try group.clients.active(softwareID: client.softwareID, environment: client.environment)
                    .first
            {
                decision = try desk.replace(known, item, at: now, in: group, to: output)
            } else {
                try group.clients.issue(client)
                decision.clientID = client.clientID
                decision.isMigrated = judgement.existingID != nil
            }
        }
        try group.finish(
            number,
            decision.outcome,
            clientID: decision.clientID,
            resultName: item.resultPath(decision.outcome)
        )
        if decision.outcome != .deferred {
            try group.append(audit: audit.line(item, decision))
        }
        return decision
    }

    /// Asks the ledger's own rules about a registration.
    private func ledgerRefusal(
        _ item: Case,
        _ client: ClientRecord,
        at now: UnixTime,
        in group: LedgerGroup
    ) throws(LedgerError) -> Decision? {
        let registrant = LedgerQuestion.Registrant(
            softwareID: client.softwareID,
            organisationID: client.organisationID,
            environment: client.environment,
            existingID: item.judgement.existingID
        )
        var known = try LedgerQuestion.registration(of: registrant, plan.policy, in: group)
        if notesStatements, let key = item.judgement.statementKey {
            known.statementSeen = try group.statements.note(key, at: now) != nil
        }
        let findings = LedgerRuling.findings(known, plan.policy)
        guard findings.contains(where: { $0.severity == .error }) else { return nil }
        return try desk.refuse(item, findings, at: now, to: output)
    }

    private func duplicate(_ item: Case, of prior: PriorResult) throws(LedgerError) -> Decision {
        let start = output.count
        let judgement = item.judgement
        // Nothing of the moment goes into it: the same file dropped again gives the same bytes under the same name.
        let evidence = ResultEvidence(
            snapshot: 0,
            decidedAt: prior.decidedAt,
            arrivedAt: prior.decidedAt,
            possession: judgement.possession
        )
        let reference = judgement.reference.map { ByteSlice($0) }
        let document = ResultDocument(
            source: item.source,
            reference: reference,
            requestSHA256: judgement.digest.hex,
            outcome: .duplicate,
            findings: [],
            evidence: evidence
        )
        do throws(SealingFault) {
            try document.write(to: output, answer: .duplicate(of: prior))
        } catch {
            throw .abandoned("\(error)")
        }
        return Decision(outcome: .duplicate, text: output[start..<output.count], rule: nil)
    }
}
