import Crypto
import Encoding
import JOSE
import OpenBanking
import PKIX

/// How the certificate belongs to the statement's software and organisation.
let certificateBindingRules: [Rule] = [
    Rule(
        .legacyNames,
        "a legacy certificate's subject has one CN and one OU",
        source: "OB DCR 1.0 rc2 (A-14)",
        reports: .invalidClientMetadata,
        configurable: false,
        needs: [.certificate],
        remedy: "Present a transport certificate issued by the directory."
    ) { r in
        guard let certificate = legacyCertificate(r) else { return nil }
        if certificate.names.commonName == nil { return oneMissing("CN", certificate) }
        return certificate.names.organisationalUnit == nil ? oneMissing("OU", certificate) : nil
    },
    Rule(
        .legacySoftware,
        "a legacy certificate's CN is the software_id",
        source: "OB DCR 1.0 rc2 (A-14)",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.certificate, .statementTrusted],
        remedy: "Present the transport certificate issued for this software statement."
    ) { r in nameFault(legacyCertificate(r)?.names.commonName, "CN", r.statedText(.softwareID), "software_id") },
    Rule(
        .legacyOrganisation,
        "a legacy certificate's OU is the org_id",
        source: "OB DCR 1.0 rc2 (A-14)",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.certificate, .statementTrusted],
        remedy: "Present the transport certificate issued for this organisation."
    ) { r in nameFault(legacyCertificate(r)?.names.organisationalUnit, "OU", r.statedText(.organisationID), "org_id") },
    Rule(
        .legacyIssuerNames,
        "a legacy certificate's subject is in O=OpenBanking, C=GB",
        source: "Directory certificate profiles",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.certificate],
        remedy: "Nothing for the TPP to do; the directory names certificates."
    ) { r in
        guard let certificate = legacyCertificate(r),
            certificate.names.organisation != "OpenBanking" || certificate.names.country != "GB"
        else { return nil }
        return Fault(
            "the certificate's subject is not in O=OpenBanking, C=GB",
            value: Printable.text(certificate.certificate.subject.rfc4514)
        )
    },
    Rule(
        .obwacOrganisation,
        "an OBWAC's CN is the org_id",
        source: "OB Directory eIDAS FAQ, certificate signing requests",
        reports: .invalidSoftwareStatement,
        needs: [.certificate, .statementTrusted],
        remedy: "Present the OBWAC of the organisation that holds the software statement."
    ) { r in
        guard let certificate = r.certificate, certificate.profile == .obwac else { return nil }
        guard let name = certificate.names.commonName else { return oneMissing("CN", certificate) }
        return nameFault(name, "CN", r.statedText(.organisationID), "org_id")
    },
    Rule(
        .organisationIdentifier,
        "an OBWAC or QWAC names its holder's PSD2 identifier",
        source: "ETSI TS 119 495 section 5.2.1",
        reports: .invalidClientMetadata,
        needs: [.certificate],
        remedy: "Present a certificate with an organizationIdentifier such as PSDGB-FCA-123456."
    ) { r in
        guard let certificate = psd2Certificate(r), !certificate.traits.psd2.hasIdentifier else { return nil }
        guard let text = certificate.names.organisationIdentifier else {
            return Fault("the certificate's subject has no organizationIdentifier (2.5.4.97)")
        }
        return Fault("organizationIdentifier is not a PSD2 identifier", value: Printable.text(text))
    },
    Rule(
        .authorityRegistration,
        "the certificate's PSD2 identifier is the organisation's registration with its authority",
        source: "ETSI TS 119 495 section 5.2.1; Directory API, organisation_competent_authority_claims",
        reports: .invalidSoftwareStatement,
        needs: [.certificate, .statementTrusted],
        remedy: "Present a certificate with the organisation's own registration number.",
        check: registrationMatches
    ),
    Rule(
        .psd2Statement,
        "an OBWAC or QWAC has a PSD2 statement for web authentication",
        source: "ETSI TS 119 495 section 5.1",
        reports: .invalidClientMetadata,
        needs: [.certificate],
        remedy: "Present a transport certificate with PSD2 qcStatements."
    ) { r in
        guard let claim = psd2Certificate(r)?.traits.psd2 else { return nil }
        if !claim.hasStatement { return Fault("the certificate has no PSD2 statement") }
        if !claim.isForWeb { return Fault("the certificate's QcType is not web") }
        return claim.isWithoutRoles ? Fault("the certificate's PSD2 statement names no known role") : nil
    },
    Rule(
        .psd2Roles,
        "the certificate's PSD2 roles cover those of the software",
        source: "ETSI TS 119 495 section 5.1; Directory API, software_roles",
        reports: .unapprovedSoftwareStatement,
        needs: [.certificate, .statementTrusted],
        remedy: "Present a certificate that carries every role of the software.",
        check: certificateCoversTheRoles
    ),
    Rule(
        .authorityIdentifier,
        "the PSD2 statement's authority is that of the identifier",
        source: "ETSI TS 119 495 section 5.2.3",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.certificate],
        remedy: "Nothing for the TPP to do; the issuer should mend the certificate."
    ) { r in
        guard let certificate = psd2Certificate(r), certificate.traits.psd2.namesTwoAuthorities else { return nil }
        return Fault(
            "nCAId differs from the authority of organizationIdentifier",
            value: Printable.text(certificate.certificate.qcStatements?.psd2?.ncaID ?? "")
        )
    },
    Rule(
        .trustedList,
        "a QWAC says that it is a qualified certificate, and its issuer is one of the trusted list",
        source: "ETSI EN 319 412-5 section 4.2.1; ETSI TS 119 612",
        reports: .invalidClientMetadata,
        needs: [.certificate],
        settings: ["trust.qualified_anchors"],
        remedy: "Present a QWAC of a granted trust service provider."
    ) { r in
        guard let certificate = r.certificate, certificate.profile == .qwac else { return nil }
        if certificate.certificate.qcStatements?.hasCompliance != true {
            return Fault("the certificate has no QcCompliance statement")
        }
        guard certificate.traits.hasPath, !r.isIssuerQualified else { return nil }  // a broken path is R-117's
        return Fault(
            "the certificate's issuer is not among the bank's qualified authorities",
            value: Printable.text(certificate.certificate.issuer.rfc4514)
        )
    },
    Rule(
        .membership,
        "the certificate is listed for transport in the software's or organisation's key set",
        source: "OB DCR 1.0 rc2 (A-11); Directory API, key store",
        reports: .invalidSoftwareStatement,
        needs: [.certificate, .statementTrusted],
        settings: ["policy.membership"],
        remedy: "Associate the transport certificate with the software statement in the directory.",
        check: certificateIsListed
    ),
    Rule(
        .subjectDN,
        "tls_client_auth_subject_dn is the certificate's subject",
        source: "RFC 8705 section 2.1.2; RFC 4517 distinguishedNameMatch; OB DCR 3.3",
        reports: .invalidClientMetadata,
        needs: [.certificate, .metadata],
        settings: ["policy.dn_match"],
        remedy: "Copy the subject of the transport certificate, in RFC 4514 order, into tls_client_auth_subject_dn.",
        check: subjectIsTheCertificates
    ),
    Rule(
        .separateKeys,
        "the transport key is not the signing key",
        source: "NIST SP 800-57 part 1, section 5.2",
        reports: nil,
        severity: .warning,
        needs: [.certificate, .requestKey],
        remedy: "Use separate keys for transport and signing."
    ) { r in
        guard let key = r.certificate?.traits.keyIdentity, key == r.requestKey?.key.spkiSHA256 else { return nil }
        return Fault("the request is signed with the key of the transport certificate")
    },
]

private func legacyCertificate(_ r: Evidence) -> TransportCertificate? {
    guard let certificate = r.certificate, certificate.profile == .legacyTransport else { return nil }
    return certificate
}

private func oneMissing(_ part: String, _ certificate: TransportCertificate) -> Fault {
    Fault(
        "the certificate's subject does not have exactly one \(part)",
        value: certificate.certificate.subject.rfc4514
    )
}

private func psd2Certificate(_ r: Evidence) -> TransportCertificate? {
    guard let certificate = r.certificate, certificate.profile == .obwac || certificate.profile == .qwac else {
        return nil
    }
    return certificate
}

private func nameFault(_ found: String?, _ part: String, _ wanted: ByteSlice?, _ claim: String) -> Fault? {
    guard let found, let wanted, !wanted.equals(found) else { return nil }
    return Fault(
        "the certificate's \(part) is not the \(claim) \(Printable.text(wanted, limit: 40))",
        value: Printable.text(found)
    )
}

/// `authority_id` is the authority's name and the country in three letters: `FCAGBR` for `GB-FCA`.
private func registrationMatches(_ r: Evidence) -> Fault? {
    guard let presented = psd2Certificate(r), let identifier = presented.organisationIdentifier,
        identifier.scheme == .psd, let authority = identifier.authority
    else { return nil }
    var isKnown = false
    var matches = false
    AuthorityClaims.forEach(r) { claim in
        isKnown = true
        guard claim["registration_id"]?.text?.equals(identifier.identifier) == true else { return }
        guard let id = claim["authority_id"]?.text, !id.isEmpty else { return matches = true }
        let country = CountryCode.threeLetters(identifier.country)
        matches = matches || id.equals(authority + country) || id.equals(authority)
    }
    guard isKnown, !matches else { return nil }
    return Fault(
        "organizationIdentifier is not the registration of the statement's competent authority claims",
        value: Printable.text(presented.names.organisationIdentifier ?? "")
    )
}

private func certificateCoversTheRoles(_ r: Evidence) -> Fault? {
    guard let claim = psd2Certificate(r)?.traits.psd2, claim.hasStatement else { return nil }
    var held = SoftwareRoles()
    if claim.holds(.accountServicing) { held.formUnion(.aspsp) }
    if claim.holds(.paymentInitiation) { held.formUnion(.pisp) }
    if claim.holds(.accountInformation) { held.formUnion(.accounts) }
    if claim.holds(.cardBasedInstruments) { held.formUnion(.funds) }
    let missing = r.roles.subtracting(held)
    guard !missing.isEmpty else { return nil }
    return Fault(
        "the certificate's PSD2 roles lack roles of the software",
        value: missing.names.joined(separator: ", ")
    )
}

private func subjectIsTheCertificates(_ r: Evidence) -> Fault? {
    guard r.method == .tlsClientAuth, let certificate = r.certificate,
        let text = r.text(.subjectDN) ?? r.text(.subjectDNOf31)
    else { return nil }
    guard case .success(let claimed)? = r.subjectName else {
        // It is rule R-036's to say so, but a name that cannot be compared must not pass where the bank softened that.
        guard r.policy.overrides[.subjectDNForm] != nil else { return nil }
        return Fault("the subject DN cannot be compared with that of the certificate", text)
    }
    let subject = certificate.certificate.subject
    let matches: Bool
    switch r.policy.subjectMatch {
    case .full: matches = subject.matches(claimed, lenient: true)
    case .immutable:
        let parts =
            certificate.profile == .legacyTransport
            ? [OID.commonName, OID.organisationalUnit] : [OID.organisationIdentifier]
        matches = subject.agrees(with: claimed, on: parts)
    }
    return matches
        ? nil
        : Fault("the subject DN is not that of the certificate, which is \(Printable.text(subject.rfc4514))", text)
}
