import OpenBanking

/// Rules about earlier registrations; the committer asks them after all others hold.
package let ledgerRules: [LedgerRule] = [
    LedgerRule(
        .statementUnused,
        "the software statement was not used before",
        source: "RFC 7519 section 4.1.7",
        reports: .invalidSoftwareStatement,
        severity: .off,
        note:
            "Off: a statement may register several clients and carry updates, and a retry must not fail for it. As an error it is the bank's choice; a warning is not told, because it would wait for the ledger.",
        remedy: "Ask the TPP for a fresh software statement."
    ) { evidence, _ in
        evidence.statementSeen ? Fault("the software statement's (iss, jti) was used by an earlier request") : nil
    },
    LedgerRule(
        .softwareRegistered,
        "a software statement registers as often as the bank allows",
        source: "OB DCR 3.3, POST /register",
        reports: .invalidClientMetadata,
        settings: ["policy.duplicates"],
        remedy: "The TPP should use the client it has, or update it."
    ) { evidence, policy in
        guard evidence.operation == .register, policy.duplicates == .refuse, evidence.registrations > 0 else {
            return nil
        }
        return Fault("this software is registered already, and policy.duplicates is refuse", value: evidence.softwareID)
    },
    LedgerRule(
        .clientKnown,
        "the client_id is known",
        source: "OB DCR 3.3, unknown ClientId; conformance tests DCR-009 and DCR-010",
        reports: nil,
        configurable: false,
        status: 401,
        remedy: "Answer 401 and revoke the access token the caller used."
    ) { evidence, policy in
        guard evidence.operation != .register else { return nil }
        if let stored = evidence.stored, !stored.isDeleted, stored.environment == policy.environment { return nil }
        return Fault("no such client", value: evidence.clientID)
    },
    LedgerRule(
        .clientOwner,
        "the client belongs to the caller",
        source: "OB DCR 3.3; RFC 7592 section 2",
        reports: nil,
        configurable: false,
        status: 401,
        settings: ["policy.foreign_client"],
        note:
            "401 as for an unknown client, so that client ids cannot be probed; policy.foreign_client may say 403.",
        remedy: "Answer 401, as for an unknown client, and look at why a TPP names a client of another."
    ) { evidence, policy in
        guard evidence.operation != .register, let stored = evidence.stored, !stored.isDeleted,
            stored.environment == policy.environment
        else { return nil }
        return ownerFault(evidence, stored)
    },
    LedgerRule(
        .clientIDUnique,
        "a client_id is given once: a new one is a random UUID, a migrated one is not in the ledger yet",
        source: "RFC 7591 section 3.2.1",
        reports: nil,
        configurable: false,
        status: 500,
        note: "Not a choice: a client_id used again would hand old tokens to a new client.",
        remedy: "Look the client_id up in the ledger: two records bring it, or it was issued or deleted before."
    ) { evidence, _ in
        evidence.operation == .register && evidence.clientIDIsTaken
            ? Fault("the client_id that existing brings is in the ledger already", value: evidence.clientID) : nil
    },
]

private func ownerFault(_ evidence: LedgerEvidence, _ stored: LedgerEvidence.StoredClient) -> Fault? {
    if evidence.operation == .update {
        guard evidence.softwareID == stored.softwareID, evidence.organisationID == stored.organisationID else {
            return Fault("the client belongs to another software statement", value: evidence.clientID)
        }
    }
    if let software = evidence.certificateSoftware, software != stored.softwareID {
        return Fault("the presented certificate is of another software", value: evidence.clientID)
    }
    guard
        isSame(evidence.certificateOrganisation, stored.organisationID)
            || isSame(evidence.certificateIdentifier, stored.organisationIdentifier)
    else {
        return Fault(
            "the presented certificate is not of the organisation the client belongs to",
            value: evidence.clientID
        )
    }
    return nil
}

/// Like is compared with like, and nothing is nobody's name.
private func isSame(_ presented: String?, _ owner: String?) -> Bool {
    guard let presented, let owner, !presented.isEmpty else { return false }
    return presented == owner
}
