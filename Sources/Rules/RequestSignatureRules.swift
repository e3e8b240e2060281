import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX

/// The TPP's signature over the request.
let requestSignatureRules: [Rule] = [
    Rule(
        .softwareKeysUsable,
        "the software's key set is cached and not too old",
        source: "docs/ARCHITECTURE.md, Keys",
        reports: nil,
        configurable: false,
        needs: [.dynamic, .statementTrusted],
        settings: ["refresh.classes.software"],
        remedy: "Refresh the cache.",
        check: softwareKeysAreThere
    ),
    Rule(
        .requestKeyKnown,
        "the software's key set holds the key the request names",
        source: "OB DCR 3.3; RFC 7515 section 4.1.4",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestHeader, .softwareKeys],
        settings: ["policy.request_keys"],
        remedy: "Sign with a key of the software statement's own key set, and name it by its kid.",
        check: softwarePublishesTheKey
    ),
    Rule(
        .requestKeyFits,
        "the key fits the request's alg and is a signing key",
        source: "RFC 7517 sections 4.2 to 4.4; RFC 8725 section 3.2",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestKey],
        note: "A key without use may sign; one that says tls or enc never does.",
        remedy: "Sign with a signing key (use sig), not with the transport key."
    ) { refusalFault($0.requestKey, header: $0.request.header, owner: "software") },
    Rule(
        .requestKeyNotRevoked,
        "the key is in neither revoked set",
        source: "Directory API, software_jwks_revoked_endpoint and org_jwks_revoked_endpoint",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.statementTrusted, .requestHeader, .dynamic],
        settings: ["trust.revoked_keys", "policy.deny_keys"],
        remedy: "Sign with a key that is not revoked.",
        check: requestKeyIsNotRevoked
    ),
    Rule(
        .keyCertificate,
        "a certificate in the key's JWK is of this key, valid now, trusted and not for TLS alone",
        source: "RFC 7517 section 4.7",
        reports: .invalidClientMetadata,
        severity: .warning,
        strictly: .error,
        needs: [.requestKey],
        settings: ["policy.strict"],
        remedy: "Publish the key with its current certificate."
    ) { r in
        guard let key = r.requestKey else { return nil }
        if key.hasNotices, key.notices.contains(where: { $0.code == .x5cUnreadable }) {
            return Fault("the key's certificate in the key set is unusable", value: keyName(key))
        }
        guard let why = r.keyCertificate.flatMap({ weakness(of: $0, at: r.validAt) }) else { return nil }
        return Fault("the key's certificate in the key set \(why)", value: keyName(key))
    },
    Rule(
        .keyThumbprint,
        "x5t and x5t#S256 are those of the certificate",
        source: "RFC 7517 sections 4.8 and 4.9",
        reports: nil,
        severity: .warning,
        configurable: false,
        needs: [.requestKey],
        remedy: "Nothing for the TPP to do; the directory should mend its key set."
    ) { r in
        guard let key = r.requestKey, key.hasNotices, key.notices.contains(where: { $0.code == .x5tMismatch }) else {
            return nil
        }
        return Fault("the key's certificate thumbprint in the key set is wrong", value: keyName(key))
    },
    Rule(
        .requestSignature,
        "the request's signature verifies with the key it names",
        source: "OB DCR 3.3; RFC 7515 section 5.2",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.requestChecked],
        remedy: "Sign the request with the private key of the kid it names; change nothing after signing."
    ) { r in
        r.requestVerified ? nil : Fault("the request's signature does not verify", value: keyName(r.requestKey))
    },
]

/// What keeps the certificate of a signing key from vouching for it, as the end of a sentence.
private func weakness(of certificate: TransportCertificate, at now: UnixTime) -> String? {
    if !certificate.traits.isValid(at: now) { return "is not valid now" }
    if !certificate.traits.hasPath, case .failure(let fault) = certificate.chain {
        return "leads to no trust anchor: \(fault)"
    }
    return certificate.profile.isTransport ? "is one for transport" : nil
}

private func softwareKeysAreThere(_ r: Evidence) -> Fault? {
    guard !r.has(.softwareKeys), r.keyURLFault == nil, let url = r.statedText(.softwareKeys) else { return nil }
    let why =
        r.softwareKeys == nil ? "the software's keys are not in the cache" : "the software's keys are too old to use"
    return .waiting(why, for: r.wanted(url, .software, keyID: r.request.header?.keyID))
}

private func softwarePublishesTheKey(_ r: Evidence) -> Fault? {
    guard let keyID = r.request.header?.keyID, !keyID.isEmpty else { return nil }  // rule R-009's
    guard let keys = r.softwareKeys, let url = r.statedText(.softwareKeys) else { return nil }
    if let past = r.requestPast { return pastFault(past, r, r.wanted(url, .software, keyID: keyID), owner: "software") }
    if r.relaxedTo != nil { return noHistory(r.wanted(url, .software, keyID: keyID), owner: "software") }
    guard r.requestKey == nil else {
        let signedAt = r.claim(.issuedAt)?.integral ?? r.now
        return standingFault(
            r.requestStanding,
            signedAt: signedAt,
            now: r.now,
            r.wanted(url, .software, keyID: keyID),
            owner: "software"
        )
    }
    // A revoked key has left the set; waiting for it would be in vain, and R-089 tells why it is refused.
    if r.requestKeyRevokedAt != nil || revokedSet(naming: keyID, r) != nil { return nil }
    guard keys.fetchedAt > r.arrivedAt else {
        return .waiting(
            "the request's key is not in the cached key set, which is older than the request",
            for: r.wanted(url, .software, keyID: keyID)
        )
    }
    if r.policy.requestKeys == .softwareOrOrganisation, let fault = organisationIsUnasked(r, keyID) { return fault }
    guard r.organisationKeys?.contains(kid: keyID) == true else {
        return Fault("the software's key set holds no key with this kid", keyID)
    }
    return Fault(
        "the key is in the organisation's key set but not associated with this software statement",
        keyID,
        remedy: "Associate the certificate with the software statement in the directory."
    )
}

/// What to wait for where the organisation's set might hold the key, and is missing or older than the request.
private func organisationIsUnasked(_ r: Evidence, _ keyID: ByteSlice) -> Fault? {
    guard let url = r.statedText(.organisationKeys) else { return nil }
    if let keys = r.organisationKeys, keys.state(at: r.now) != .unusable, keys.fetchedAt > r.arrivedAt { return nil }
    return .waiting(
        "the request's key is in no cached key set, and the organisation's is missing or older than the request",
        for: r.wanted(url, .organisation, keyID: keyID)
    )
}

private func revokedSet(naming keyID: ByteSlice, _ r: Evidence) -> String? {
    if r.softwareRevoked?.contains(kid: keyID) == true { return "the software's revoked keys" }
    return r.organisationRevoked?.contains(kid: keyID) == true ? "the organisation's revoked keys" : nil
}

private func isRevoked(_ standing: KeyStanding?) -> Bool {
    if case .revoked? = standing { return true }
    return false
}

private func requestKeyIsNotRevoked(_ r: Evidence) -> Fault? {
    if let past = r.requestPast, past.isRevoked {
        // Its history knows of the revocation and of the reason for it; nothing else that knows of it may object.
        guard past.admitsRevocation(r), !r.policy.deniedKeys.contains(past.key.key.spkiSHA256) else {
            return Fault("the request is signed with a revoked key", value: keyName(past.key))
        }
        return RevokedSets.missing(r)
    }
    if let keyID = r.request.header?.keyID, let place = revokedSet(naming: keyID, r) {
        return Fault("the request is signed with a key that is among \(place)", keyID)
    }
    if let since = r.requestKeyRevokedAt {
        return Fault("the request is signed with a revoked key", value: "revoked since \(Timestamp.rfc3339(since))")
    }
    if let key = r.requestKey {
        let spki = key.key.spkiSHA256
        if isRevoked(r.requestStanding) || r.softwareRevoked?.contains(spki: spki) == true
            || r.organisationRevoked?.contains(spki: spki) == true || r.policy.deniedKeys.contains(spki)
        {
            return Fault("the request is signed with a revoked key", value: keyName(key))
        }
    }
    return RevokedSets.missing(r)
}
