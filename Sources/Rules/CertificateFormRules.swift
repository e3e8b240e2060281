import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX

/// The transport certificate by itself: readable, valid, trusted, fit for its purpose.
let certificateFormRules: [Rule] = [
    Rule(
        .certificateReadable,
        "a transport certificate is presented and can be read",
        source: "OB DCR 3.3, mutual TLS; RFC 8705",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificateNeeded],
        settings: ["policy.certificate_status"],
        remedy: "Deliver the certificate the TPP presented to the gateway: PEM, or base64 DER, the leaf first."
    ) { r in
        if let why = r.certificateFault { return Fault("the transport certificate cannot be read: \(why)") }
        return r.certificateText == nil ? Fault("no transport certificate was delivered with the request") : nil
    },
    Rule(
        .possession,
        "the gateway attests that the TPP held the certificate's key",
        source: "OB DCR 3.3, mutual TLS; docs/FORMATS.md, tls_possession",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.certificateNeeded],
        remedy: "Let the gateway write tls_possession: attested into the record."
    ) { $0.possession == .attested ? nil : Fault("possession of the transport key is not attested") },
    Rule(
        .certificateWindow,
        "the certificate is valid now",
        source: "RFC 5280 section 4.1.2.5",
        reports: .invalidClientMetadata,
        needs: [.certificate],
        remedy: "Present a transport certificate that is valid today."
    ) { r in
        guard let certificate = r.certificate?.traits, !certificate.isValid(at: r.validAt) else { return nil }
        let window = "\(Timestamp.rfc3339(certificate.notBefore)) to \(Timestamp.rfc3339(certificate.notAfter))"
        return Fault("the certificate is \(r.now < certificate.notBefore ? "not valid yet" : "expired")", value: window)
    },
    Rule(
        .certificateChain,
        "the certificate's path leads to a configured trust anchor",
        source: "RFC 5280 section 6; OB DCR 1.0 rc2",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificate],
        settings: ["trust.anchors", "trust.qualified_anchors"],
        remedy: "Present a certificate of the directory's issuing authority for this environment."
    ) { r in
        guard r.certificate?.traits.hasPath == false, case .failure(let fault)? = r.certificate?.chain else {
            return nil
        }
        return Fault(
            "the certificate's path cannot be validated: \(fault.text)",
            value: r.certificate.map { subjectName($0) }
        )
    },
    Rule(
        .certificateIsLeaf,
        "the certificate is an end entity's, of version 3, without unknown critical extensions",
        source: "RFC 5280 sections 4.1.2.1, 4.2 and 4.2.1.9",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificate],
        remedy: "Present a transport certificate, not an authority's."
    ) { r in firstFault(r, CertificateConcern.leaf) },
    Rule(
        .certificateStrength,
        "the certificate's key and signature are strong",
        source: "OB Directory eIDAS FAQ; FAPI Advanced 8.5",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificate],
        remedy: "Present a certificate with RSA of 2048 bits or more, or P-256, signed with SHA-256 or better."
    ) { r in
        if let fault = firstFault(r, CertificateConcern.strength) { return fault }
        guard r.certificate?.traits.hasUsableKey == false else { return nil }
        guard case .failure(let fault)? = r.certificate?.publicKey else { return nil }
        return Fault("the certificate's key is not usable: \(fault)")
    },
    Rule(
        .certificatePurpose,
        "the certificate is for TLS client authentication",
        source: "RFC 5280 sections 4.2.1.3 and 4.2.1.12",
        reports: .invalidClientMetadata,
        needs: [.certificate],
        remedy: "Present the transport certificate (OBWAC or QWAC), not the signing certificate."
    ) { r in firstFault(r, CertificateConcern.purpose) },
    Rule(
        .certificateProfile,
        "the certificate is of a known transport profile",
        source: "Directory certificate profiles; ETSI TS 119 495",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificate],
        remedy: "Present an OBWAC, or what else the bank accepts for transport."
    ) { r in
        guard let certificate = r.certificate, !certificate.profile.isTransport else { return nil }
        return Fault("the certificate is not one for transport", value: certificate.profile.rawValue)
    },
    Rule(
        .profileAllowed,
        "the bank accepts this certificate profile",
        source: "OB Directory eIDAS FAQ (A-14)",
        reports: .invalidClientMetadata,
        needs: [.certificate],
        settings: ["policy.certificate_profiles"],
        remedy: "Present a certificate of a profile this bank accepts."
    ) { r in
        guard let profile = r.certificate?.profile, profile.isTransport, !r.policy.certificateProfiles.contains(profile)
        else { return nil }
        let allowed = r.policy.certificateProfiles.map(\.rawValue).joined(separator: ", ")
        return Fault("this bank accepts \(allowed) certificates only", value: profile.rawValue)
    },
    Rule(
        .certificateNotRevoked,
        "the certificate is in neither revoked set",
        source: "Directory API, software_jwks_revoked_endpoint and org_jwks_revoked_endpoint",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificate],
        settings: ["trust.revoked_keys", "policy.deny_keys"],
        remedy: "Present a certificate that is not revoked.",
        check: certificateIsNotRevoked
    ),
    Rule(
        .certificateRevocationList,
        "the certificate is not on its issuer's revocation list, which is up to date",
        source: "RFC 5280 section 6.3",
        reports: .invalidClientMetadata,
        needs: [.certificate],
        settings: ["trust.crl", "trust.crl_grace"],
        remedy: "Present a certificate that is not revoked.",
        check: certificateIsNotListedRevoked
    ),
    Rule(
        .issuingAuthority,
        "the issuing authorities above the certificate are valid now and not revoked",
        source: "RFC 5280 section 6.1.3",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificate],
        settings: ["trust.crl", "trust.crl_grace"],
        remedy: "Present a certificate of a current issuing authority.",
        check: authoritiesAreValid
    ),
]

private func subjectName(_ certificate: TransportCertificate) -> String {
    Printable.text(certificate.certificate.subject.rfc4514)
}

private func firstFault(_ r: Evidence, _ concern: CertificateConcern) -> Fault? {
    guard let certificate = r.certificate, !certificate.traits.isFaultless,
        let fault = certificate.faults.first(where: { concern.covers($0) })
    else { return nil }
    return Fault("the certificate \(fault.sentence)", value: subjectName(certificate))
}

private func certificateIsNotRevoked(_ r: Evidence) -> Fault? {
    guard let certificate = r.certificate else { return nil }
    if let since = r.certificateRevokedAt {
        return Fault("the certificate is revoked in the directory", value: "since \(Timestamp.rfc3339(since))")
    }
    if let key = certificate.traits.keyIdentity, r.policy.deniedKeys.contains(key) {
        return Fault("the certificate's key is on the bank's deny list", value: subjectName(certificate))
    }
    if let fault = listing(certificate, r.softwareRevoked, "the software's revoked keys") { return fault }
    if let fault = listing(certificate, r.organisationRevoked, "the organisation's revoked keys") { return fault }
    return r.has(.dynamic) ? nil : RevokedSets.missing(r)
}

private func listing(_ certificate: TransportCertificate, _ keys: KeySet?, _ place: String) -> Fault? {
    guard let keys else { return nil }
    if keys.contains(certificate: certificate.fingerprint, use: nil) {
        return Fault("the certificate is among \(place)", value: subjectName(certificate))
    }
    guard let key = certificate.traits.keyIdentity, keys.contains(spki: key) else { return nil }
    return Fault("the certificate's key is among \(place)", value: subjectName(certificate))
}

private func certificateIsNotListedRevoked(_ r: Evidence) -> Fault? {
    guard let certificate = r.certificate, r.policy.certificateRevocation != .off else { return nil }
    guard certificate.traits.hasPath else { return nil }  // rule R-117's
    switch certificate.revocation(at: r.now) {
    case .good: return nil
    case .revoked(let at, let reason):
        if let time = r.relaxedTo, reason.leavesThePast, time < at { return nil }
        return Fault("the certificate is revoked (\(reason))", value: "since \(Timestamp.rfc3339(at))")
    case .unknown: return waitingForList(certificate, r, "the issuer's revocation list is not in the cache")
    case .stale(let since):
        let why = "the issuer's revocation list is out of date since \(Timestamp.rfc3339(since))"
        return isInGrace(since, r) ? inGrace(why) : waitingForList(certificate, r, why)
    }
}

/// True where the bank takes a list that long after its nextUpdate (`trust.crl_grace`).
private func isInGrace(_ since: UnixTime, _ r: Evidence) -> Bool { r.now - since <= r.policy.listGrace }

private func inGrace(_ why: String) -> Fault {
    var fault = Fault("\(why); it is still taken").asWarning
    fault.remedy = "Nothing for the TPP to do. Refresh the cache before trust.crl_grace is over."
    return fault
}

private func waitingForList(_ certificate: TransportCertificate, _ r: Evidence, _ why: String) -> Fault? {
    guard r.policy.certificateRevocation == .require else { return nil }
    let url =
        certificate.certificate.crlDistributionPoints.first ?? "the list of \(certificate.certificate.issuer.rfc4514)"
    return .waiting(why, for: WantedKey(url: url, kind: .crl))
}

private func authoritiesAreValid(_ r: Evidence) -> Fault? {
    guard let certificate = r.certificate, certificate.traits.hasPath else { return nil }
    let traits = certificate.traits
    if !traits.issuersAreValid(at: r.validAt) {
        let window =
            "\(Timestamp.rfc3339(traits.issuersNotBefore)) to \(Timestamp.rfc3339(traits.issuersNotAfter))"
        return Fault("an issuing authority above the certificate is not valid now", value: window)
    }
    switch certificate.issuerRevocation(at: r.now) {
    case .revoked(let at, _): return Fault("the issuing authority is revoked", value: "since \(Timestamp.rfc3339(at))")
    case .good: return nil
    case .unknown: return waitingForAuthorityList(certificate, r, "is not in the cache")
    case .stale(let since):
        let why = "is out of date since \(Timestamp.rfc3339(since))"
        guard isInGrace(since, r) else { return waitingForAuthorityList(certificate, r, why) }
        return inGrace("the revocation list of the authority above the issuing one \(why)")
    }
}

/// An issuing authority that is an anchor itself has nobody above it who could revoke it.
private func waitingForAuthorityList(
    _ certificate: TransportCertificate,
    _ r: Evidence,
    _ why: String
) -> Fault? {
    guard r.policy.certificateRevocation == .require, case .success(let chain) = certificate.chain,
        chain.issuers.count > 1
    else { return nil }
    let url = "the list that covers \(Printable.text(certificate.certificate.issuer.rfc4514))"
    return .waiting(
        "the revocation list of the authority above the issuing one \(why)",
        for: WantedKey(url: url, kind: .crl)
    )
}
