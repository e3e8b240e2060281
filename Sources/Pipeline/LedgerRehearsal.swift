import Crypto
package import Encoding
package import Ledger
package import OpenBanking
package import Rules

/// What the ledger would do with judged requests, told without changing anything: duplicates, clients and their owners.
///
/// It remembers what it was asked before, so that a batch is rehearsed as it would be processed. What operations would
/// change is not remembered: a read behind a delete finds the client still.
package final class LedgerRehearsal {
    /// What would come of one request.
    package struct Answer {
        /// The verdict of the rules and the ledger together; its outcome may be `duplicate`.
        package var verdict: Verdict
        /// The first result of the same request, where the ledger has one.
        package var prior: PriorResult?
        /// True where an earlier request of this rehearsal is the same.
        package var isRepeat = false

        package init(_ verdict: Verdict) { self.verdict = verdict }
    }

    private let ledger: Ledger?
    private let policy: Policy
    private let now: UnixTime
    private var bytes: Set<SHA256Digest> = []
    private var keys: Set<SHA256Digest> = []
    private var statements: Set<SHA256Digest> = []
    private var clientIDs: Set<String> = []
    private var software: [String: Int] = [:]

    /// A rehearsal beside a ledger, or beside none: then nothing was answered before and no client exists.
    package init(_ ledger: Ledger?, policy: Policy, now: UnixTime) {
        self.ledger = ledger
        self.policy = policy
        self.now = now
    }

    /// Tells what would come of a request the rules gave this verdict on; it counts as answered from then on.
    package func answer(_ evidence: Evidence, _ verdict: Verdict) throws(LedgerError) -> Answer {
        guard verdict.outcome != .malformed else { return Answer(verdict) }
        guard let ledger else { return try answer(evidence, verdict, nil) }
        return try ledger.read(at: now) { group throws(LedgerError) in try answer(evidence, verdict, group) }
    }

    private func answer(
        _ evidence: Evidence,
        _ verdict: Verdict,
        _ group: LedgerGroup?
    ) throws(LedgerError) -> Answer {
        let known = RequestKeys(evidence, verdict)
        var answer = Answer(verdict)
        if let group, let prior = try prior(evidence.digest, known, group) {
            answer.verdict.outcome = .duplicate
            answer.prior = prior
            return answer
        }
        if bytes.contains(evidence.digest) || known.jtiKey.map({ keys.contains($0) }) == true {
            answer.verdict.outcome = .duplicate
            answer.isRepeat = true
            return answer
        }
        bytes.insert(evidence.digest)
        if verdict.outcome == .accepted {
            let findings = LedgerRuling.findings(try facts(evidence, known, group), policy)
            answer.verdict.findings += findings
            if findings.contains(where: { $0.severity == .error }) { answer.verdict.outcome = .rejected }
        }
        if verdict.outcome != .deferred, let key = known.jtiKey { keys.insert(key) }
        if answer.verdict.outcome == .accepted, evidence.operation == .register { remember(evidence, known) }
        return answer
    }

    /// The first result of the same bytes or the same (iss, jti); one that was given up waiting does not count.
    private func prior(
        _ digest: SHA256Digest,
        _ known: RequestKeys,
        _ group: LedgerGroup
    ) throws(LedgerError) -> PriorResult? {
        if let prior = try group.requests.find(digest) {
            guard prior.outcome == .deferred else { return prior }
            if try group.deferred.find(digest) != nil { return prior }
        }
        guard let key = known.jtiKey else { return nil }
        return try group.requests.find(jtiKey: key)
    }

    private func facts(
        _ evidence: Evidence,
        _ known: RequestKeys,
        _ group: LedgerGroup?
    ) throws(LedgerError) -> LedgerEvidence {
        guard evidence.operation == .register else {
            let clientID = evidence.clientID?.string ?? ""
            return LedgerQuestion.operation(evidence, try group?.clients.find(clientID) ?? nil)
        }
        let registrant = LedgerQuestion.Registrant(evidence)
        var facts = try LedgerQuestion.registration(of: registrant, policy, in: group)
        facts.registrations += software[Self.name(registrant)] ?? 0
        if let id = registrant.existingID, clientIDs.contains(id) { facts.clientIDIsTaken = true }
        if LedgerRuling.isActive(.statementUnused, policy), let key = known.statementKey {
            let seenAt = try group?.statements.firstSeen(key)
            facts.statementSeen = statements.contains(key) || seenAt != nil
        }
        return facts
    }

    private func remember(_ evidence: Evidence, _ known: RequestKeys) {
        let registrant = LedgerQuestion.Registrant(evidence)
        software[Self.name(registrant), default: 0] += 1
        if let id = registrant.existingID { clientIDs.insert(id) }
        if let key = known.statementKey { statements.insert(key) }
    }

    private static func name(_ registrant: LedgerQuestion.Registrant) -> String {
        "\(registrant.environment.rawValue) \(registrant.softwareID)"
    }
}
