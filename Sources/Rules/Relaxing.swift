import OpenBanking

/// Which rules a migration judges as of an older registration, and how.
///
/// A rule is asked about the present first. Only what it finds then is looked at again, as of the time the bank
/// registered the client by its own records; what is let through is written into the result. Without such a time, or
/// for any other rule, the present decides.
enum Relaxing {
    /// The age of the statement; `exp` and `nbf` of statement, request and id_token; keys that left their sets,
    /// expired or were superseded, and the window of a key's certificate; the window, the listing and a harmless revocation of the transport certificate and
    /// the windows of its authorities.
    static let rules: Set<RuleID> = [
        .statementAge, .statementWindow, .directoryKeyKnown, .directoryKeyTrusted, .requestKeyKnown,
        .requestKeyNotRevoked, .keyCertificate, .notExpired, .certificateWindow, .membership,
        .certificateRevocationList,
        .issuingAuthority, .identityToken,
    ]

    /// Returns what is left of a fault: nil where it does not stand as of the registration, and then notes the relaxation.
    static func fault(
        _ fault: Fault,
        _ rule: Rule,
        _ evidence: Evidence,
        _ relaxations: inout [Relaxation]
    ) -> Fault? {
        guard rules.contains(rule.id) else { return fault }
        guard let time = evidence.evidenceTime else {
            guard let lack = evidence.evidenceLack else { return fault }
            var told = fault
            told.remedy = "\(fault.remedy ?? rule.remedy) It was judged as of now: \(lack)."
            return told
        }
        evidence.relaxedTo = time
        defer { evidence.relaxedTo = nil }
        if let left = rule.check(evidence) { return left }
        relaxations.append(
            Relaxation(rule: rule.id, message: fault.message, value: fault.value, evidenceTime: time)
        )
        return nil
    }
}
