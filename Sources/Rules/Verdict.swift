package import OpenBanking

/// What the rules say of one request: the outcome, every finding, and what it waits for.
package struct Verdict: Sendable {
    package var outcome: Outcome
    /// In table order, which is numeric order.
    package var findings: [Finding]
    /// Rules whose inputs were never reached, in numeric order; filled only when asked for by `explain`.
    package var notReached: [RuleID]
    package var wanted: [WantedKey]
    /// Rules that were judged as of an older registration, in table order; empty but in a migration.
    package var relaxations: [Relaxation] = []

    package init(outcome: Outcome, findings: [Finding], notReached: [RuleID] = [], wanted: [WantedKey] = []) {
        self.outcome = outcome
        self.findings = findings
        self.notReached = notReached
        self.wanted = wanted
    }

    /// The finding that decides the error response: the first error in table order.
    ///
    /// An operation that the bank does not offer comes before all others: nothing the TPP could mend would change the answer.
    package var primary: Finding? {
        if outcome == .rejected,
            let refused = findings.first(where: { $0.rule == .operationEnabled && $0.severity == .error })
        {
            return refused
        }
        return findings.first { $0.severity == .error }
    }

    /// The verdict, unless it would accept what nothing proved: the last line of defence, should every rule let it pass.
    consuming func held(to evidence: Evidence) -> Verdict {
        guard outcome == .accepted, !evidence.isProven else { return self }
        outcome = .rejected
        findings.append(
            Finding(
                rule: .statementReread,
                severity: .error,
                code: .invalidClientMetadata,
                source: "RFC 8725 section 3.3",
                message: "the request's signatures were not verified",
                value: nil,
                remedy: "Report this: a rule should have said why."
            )
        )
        return self
    }

    /// What says that something is no registration at all, rather than a wrong one.
    private static let framing: Set<RuleID> = [.completeFile, .readableRecord, .compactJWS, .strictJSON]

    /// Returns the outcome findings lead to: framing faults are malformed, errors reject, and only then does waiting defer.
    package static func outcome(of findings: [Finding]) -> Outcome {
        var waits = false
        var rejects = false
        for finding in findings {
            switch finding.severity {
            case .error where framing.contains(finding.rule): return .malformed
            case .error: rejects = true
            case .deferral: waits = true
            case .warning, .info, .off: continue
            }
        }
        if rejects { return .rejected }
        return waits ? .deferred : .accepted
    }
}
