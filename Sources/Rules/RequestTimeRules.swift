import Encoding
import OpenBanking

/// Time, audience and identity of the request; replay is the ledger's matter.
let requestTimeRules: [Rule] = [
    Rule(
        .notExpired,
        "the request has not expired",
        source: "OB DCR 3.3, exp; RFC 7519 section 4.1.4 (A-16)",
        reports: .invalidClientMetadata,
        needs: [.requestFramed, .metadata],
        settings: ["policy.time_basis", "policy.clock_skew"],
        remedy: "Sign a new request and deliver it at once."
    ) { r in
        guard let end = r.claim(.expiresAt)?.integral, end >= 0, r.arrival - r.policy.clockSkew > end else {
            return nil
        }
        return Fault("exp has passed", value: Timestamp.rfc3339(end))
    },
    Rule(
        .notFuture,
        "the request was not issued in the future, and before it expires",
        source: "RFC 7519 section 4.1.6",
        reports: .invalidClientMetadata,
        needs: [.requestFramed, .metadata],
        settings: ["policy.time_basis", "policy.clock_skew"],
        remedy: "Check the clock; set iat to the time of signing and exp after it."
    ) { r in
        guard let issued = r.claim(.issuedAt)?.integral, (0...100_000_000_000).contains(issued) else { return nil }
        if issued > r.requestTime + r.policy.clockSkew {
            return Fault("iat is in the future", value: Timestamp.rfc3339(issued))
        }
        guard let end = r.claim(.expiresAt)?.integral, issued >= end else { return nil }
        return Fault("iat is not before exp", value: Timestamp.rfc3339(issued))
    },
    Rule(
        .lifetime,
        "the request lives no longer than the bank allows",
        source: "OB DCR 3.3, exp; banks' own limits",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.requestFramed, .metadata],
        settings: ["policy.request_max_lifetime"],
        remedy: "Set exp shortly after iat."
    ) { r in
        guard let issued = r.claim(.issuedAt)?.integral, let end = r.claim(.expiresAt)?.integral, issued >= 0,
            end > issued,
            end - issued > r.policy.requestMaxLifetime
        else { return nil }
        return Fault("exp is \(end - issued) s after iat; \(r.policy.requestMaxLifetime) s are expected at most")
    },
    Rule(
        .audience,
        "aud is one of the bank's",
        source: "OB DCR 3.3, aud; RFC 7519 section 4.1.3 (A-05)",
        reports: .invalidClientMetadata,
        needs: [.requestFramed, .metadata],
        settings: ["policy.audiences"],
        remedy: "Set aud to the bank's organisation id.",
        check: audienceIsOurs
    ),
    Rule(
        .requestIssuer,
        "iss is the software_id of the software statement",
        source: "OB DCR 3.3, iss",
        reports: .invalidClientMetadata,
        needs: [.requestFramed, .metadata, .statementTrusted],
        remedy: "Set iss to the software_id of the software statement."
    ) { sameAsSoftware($0, .issuer) },
    Rule(
        .requestSoftwareID,
        "software_id, where present, is that of the software statement",
        source: "OB DCR 3.3, software_id",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.dynamic, .metadata, .statementTrusted],
        remedy: "Leave software_id out or repeat the software statement's."
    ) { sameAsSoftware($0, .softwareID) },
]

private func sameAsSoftware(_ r: Evidence, _ name: RequestClaim) -> Fault? {
    guard let claimed = r.text(name), let id = r.statedText(.softwareID), !claimed.equals(id) else { return nil }
    return Fault(
        "\(name.rawValue) is not the software_id \(Printable.text(id, limit: 40)) of the software statement",
        claimed
    )
}

private func audienceIsOurs(_ r: Evidence) -> Fault? {
    guard !r.policy.audiences.isEmpty, let value = r.claim(.audience) else { return nil }
    func isOurs(_ text: ByteSlice) -> Bool { r.policy.audiences.contains { text.equals($0) } }
    if let text = value.text { return isOurs(text) ? nil : Fault("aud is not this bank", text) }
    var found = false
    value.forEachElement { found = found || $0.text.map(isOurs) == true }
    return found || value.kind != .array ? nil : Fault("no member of aud is this bank")
}
