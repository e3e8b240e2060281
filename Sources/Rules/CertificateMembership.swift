import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX

/// The certificate is listed for transport, with a key in good standing, in a set the bank asks (rule R-134).
func certificateIsListed(_ r: Evidence) -> Fault? {
    guard let fingerprint = r.certificate?.certificate.fingerprint, r.keyURLFault == nil else { return nil }
    let mode = r.policy.membership
    guard mode == .software || mode == .softwareOrOrganisation else { return nil }
    if lists(r.softwareKeys, fingerprint, r.now) { return nil }
    let asksOrganisation = mode == .softwareOrOrganisation
    if asksOrganisation, lists(r.organisationKeys, fingerprint, r.now) { return nil }
    if r.relaxedTo != nil { return pastMembership(r) }
    if let fault = held(r, fingerprint, r.softwareKeys, .softwareKeys, .software) { return fault }
    if asksOrganisation, let fault = held(r, fingerprint, r.organisationKeys, .organisationKeys, .organisation) {
        return fault
    }
    // A certificate whose path fails is refused for that; newer key sets would not mend it.
    if case .failure = r.certificate?.chain { return Fault("the certificate is in no key set of the statement") }
    if let fault = unusable(r, r.softwareKeys, .softwareKeys, .software) { return fault }
    if asksOrganisation, let fault = unusable(r, r.organisationKeys, .organisationKeys, .organisation) { return fault }
    if let fault = outdated(r, r.softwareKeys, .softwareKeys, .software) { return fault }
    if asksOrganisation, let fault = outdated(r, r.organisationKeys, .organisationKeys, .organisation) { return fault }
    return Fault(
        "the certificate is in no key set of the statement",
        value: "sha256 \(String(fingerprint.hex.prefix(16)))…"
    )
}

/// Whether the certificate was listed at its time, by the history of the sets (migration only).
private func pastMembership(_ r: Evidence) -> Fault? {
    // A certificate whose path fails is refused for that, whatever listed it.
    if case .failure = r.certificate?.chain { return Fault("the certificate is in no key set of the statement") }
    guard let url = r.statedText(.softwareKeys) else { return nil }  // rule R-061's
    let wanted = r.wanted(url, .software)
    guard let past = r.certificatePast else { return noHistory(wanted, owner: "certificate's") }
    return pastFault(past, r, wanted, owner: "certificate's")
}

/// A set fetched before the request came may lack a certificate published since: one refresh decides it.
private func outdated(_ r: Evidence, _ keys: KeySet?, _ claim: StatementClaim, _ kind: WantedKey.Kind) -> Fault? {
    guard let url = r.statedText(claim), let keys, keys.fetchedAt <= r.arrivedAt else { return nil }
    let why = "the certificate is not in the cached keys of the \(kind.rawValue), which are older than the request"
    return .waiting(why, for: r.wanted(url, kind))
}

/// A set too old to use vouches for nothing, and a key that is held, expired or gone takes its certificate along.
private func lists(_ keys: KeySet?, _ fingerprint: SHA256Digest, _ now: UnixTime) -> Bool {
    guard let keys, keys.state(at: now) != .unusable else { return false }
    return keys.contains(certificate: fingerprint, use: .tls) { standing in
        switch standing {
        case .active: true
        case .retired(_, let graceUntil): now <= graceUntil
        case .expired, .held, .revoked: false
        }
    }
}

/// What to wait for where the certificate is listed with a key that waits for an operator.
private func held(
    _ r: Evidence,
    _ fingerprint: SHA256Digest,
    _ keys: KeySet?,
    _ claim: StatementClaim,
    _ kind: WantedKey.Kind
) -> Fault? {
    guard let keys, let url = r.statedText(claim),
        keys.contains(certificate: fingerprint, use: .tls, where: { $0 == .held })
    else { return nil }
    return .waiting("the certificate's key is held until an operator accepts it", for: r.wanted(url, kind))
}

private func unusable(_ r: Evidence, _ keys: KeySet?, _ claim: StatementClaim, _ kind: WantedKey.Kind) -> Fault? {
    guard let url = r.statedText(claim) else { return nil }
    guard let keys else {
        return .waiting("the \(kind.rawValue)'s keys are not in the cache", for: r.wanted(url, kind))
    }
    guard keys.state(at: r.now) == .unusable else { return nil }
    return .waiting("the \(kind.rawValue)'s keys are too old to use", for: r.wanted(url, kind))
}
