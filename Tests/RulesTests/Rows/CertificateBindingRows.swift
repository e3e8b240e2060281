import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// How the certificate belongs to software and organisation.
let certificateBindingRows: [Row] =
    legacyRows + membershipRows + qualifiedRows + [
        Row(.obwacOrganisation, "another organisation's CN") { r in
            let other = try r.other.organisation.id
            try r.present { $0.name(other, "2.5.4.3") }
        },
        Row(.obwacOrganisation, "the software_id as CN, as legacy certificates have it") { r in
            let id = r.software.id
            try r.present { $0.name(id, "2.5.4.3") }
        },
        Row(.obwacOrganisation, "two CNs") { r in
            try r.present { $0.subject.relativeNames.append([.commonName("second")]) }
        },
        Row(.organisationIdentifier, "no organizationIdentifier") { r in
            try r.present { $0.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.97" } }
        },
        Row(.organisationIdentifier, "a VAT number") { r in try r.present { $0.name("VATGB-123456789", "2.5.4.97") } },
        Row(.organisationIdentifier, "a PSD2 number in lower case") { r in
            try r.present { $0.name("psdgb-fca-123456", "2.5.4.97") }
        },
        Row(.organisationIdentifier, "a PSD2 number of no authority") { r in
            try r.present { $0.name("PSDGB-123456", "2.5.4.97") }
        },
        Row(.authorityRegistration, "another registration") { r in
            try r.present { $0.name("PSDGB-OB-UnknownX", "2.5.4.97") }
        },
        Row(.authorityRegistration, "the registration with another authority") { r in
            let number = r.software.organisation.registrationID
            try r.present { $0.name("PSDGB-FCA-\(number)", "2.5.4.97") }
        },
        Row(.authorityRegistration, "the registration in another country") { r in
            let number = r.software.organisation.registrationID
            try r.present { $0.name("PSDIE-OB-\(number)", "2.5.4.97") }
        },
        Row(good: "the authority without its country") { $0.authority { $0["authority_id"] = "OB" } },
        Row(good: "production's authority FCAGBR for GB-FCA") { r in
            try r.present {
                $0.name("PSDGB-FCA-503963", "2.5.4.97")
                $0.qcStatements?.authorityID = "GB-FCA"
            }
            r.authority {
                $0["authority_id"] = "FCAGBR"
                $0["registration_id"] = "503963"
            }
        },
        Row(.psd2Statement, "no role that anybody knows", and: [.psd2Roles]) { r in
            try r.present { $0.qcStatements?.roles = [] }
        },
        Row(.psd2Roles, "no role for payments") { r in
            try r.present { $0.qcStatements?.roles = [.accountInformation] }
        },
        Row(.psd2Roles, "an account servicing certificate") { r in
            try r.present { $0.qcStatements?.roles = [.accountServicing] }
        },
        Row(good: "roles in the flat encoding of 2019") { r in
            try r.present { $0.qcStatements?.isFlat = true }
        },
        Row(good: "more roles than the software has") { r in
            try r.present { $0.qcStatements?.roles = [.paymentInitiation, .accountInformation, .cardBasedIssuing] }
        },
        Row(.subjectDN, "another subject") { $0.useSubject("CN=other,O=x,C=GB") },
    ]

private let legacyRows: [Row] = [
    Row(.legacyNames, "no CN", of: Stage.legacy) { r in
        try r.present { $0.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.3" } }
    },
    Row(.legacyNames, "two CNs", of: Stage.legacy) { r in
        try r.present { $0.subject.relativeNames.append([.commonName("second")]) }
    },
    Row(.legacyNames, "two OUs", of: Stage.legacy) { r in
        try r.present { $0.subject.relativeNames.append([.organizationalUnit("second")]) }
    },
    Row(.certificateProfile, "no OU", of: Stage.legacy) { r in
        try r.present { $0.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.11" } }
    },
    Row(.legacySoftware, "another software's CN", of: Stage.legacy) { r in
        let sibling = try Stage.directory.software[Stage.legacy + 1].id
        try r.present { $0.name(sibling, "2.5.4.3") }
    },
    Row(.legacySoftware, "the CN in other letter case", of: Stage.legacy) { r in
        let id = r.software.id.uppercased()
        try r.present { $0.name(id, "2.5.4.3") }
    },
    Row(.legacyOrganisation, "another organisation's OU", of: Stage.legacy) { r in
        let other = try r.other.organisation.id
        try r.present { $0.name(other, "2.5.4.11") }
    },
]

/// A QWAC is bound by its PSD2 identifier, its roles and its place in a key set, never by CN or OU.
private let qualifiedRows: [Row] = [
    Row(good: "a QWAC with a host name as CN and an OU of its own") { r in
        try r.presentQualified { $0.subject.relativeNames.append([.organizationalUnit("Payments")]) }
    },
    Row(good: "a QWAC without CN") { r in
        try r.presentQualified { $0.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.3" } }
    },
    Row(.organisationIdentifier, "a QWAC without organizationIdentifier") { r in
        try r.presentQualified { $0.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.97" } }
    },
    Row(.organisationIdentifier, "a QWAC with a trade register number") { r in
        try r.presentQualified { $0.name("NTRGB-12345678", "2.5.4.97") }
    },
    Row(.authorityRegistration, "a QWAC of another registration") { r in
        try r.presentQualified { $0.name("PSDGB-FCA-999999", "2.5.4.97") }
    },
    Row(.psd2Roles, "a QWAC without the role for payments") { r in
        try r.presentQualified { $0.qcStatements?.roles = [.accountInformation] }
    },
    Row(.psd2Statement, "a QWAC without any role", and: [.psd2Roles]) { r in
        try r.presentQualified { $0.qcStatements?.roles = [] }
    },
    Row(.certificatePurpose, "a QWAC for servers alone") { r in
        try r.presentQualified { $0.extendedKeyUsage = ["1.3.6.1.5.5.7.3.1"] }
    },
    Row(.certificateWindow, "a QWAC that has expired") { r in
        try r.presentQualified { $0.notAfter = Stage.now - 1 }
    },
    Row(.certificateProfile, "a qualified seal", and: [.certificatePurpose]) { r in
        try r.presentQualified {
            $0.qcStatements?.kinds = [.seal]
            $0.extendedKeyUsage = ["1.3.6.1.4.1.311.10.3.12"]
        }
    },
    Row(.membership, "a QWAC in no key set") { r in
        try r.presentQualified()
        try r.publish(r.software.published)
        try r.fetchAfterArrival()
    },
    Row(good: "a QWAC whose subject is claimed for tls_client_auth") { r in
        try r.presentQualified()
        let identifier = r.software.organisation.organisationIdentifier
        r.useSubject("CN=tpp.example,2.5.4.97=\(identifier),O=Somebody Limited,C=GB")
    },
    Row(.subjectDN, "a QWAC, the subject of another host claimed") { r in
        try r.presentQualified()
        let identifier = r.software.organisation.organisationIdentifier
        r.useSubject("CN=tpp2.example,2.5.4.97=\(identifier),O=Somebody Limited,C=GB")
    },
]

private let membershipRows: [Row] = [
    Row(.membership, "a certificate in no set") {
        try $0.present(listed: false)
        try $0.fetchAfterArrival()
    },
    Row(.membership, "a certificate in no set, the sets older than the request", .deferred) {
        try $0.present(listed: false)
    },
    Row(.membership, "a certificate in no set, only the software's fetched since", .deferred) {
        try $0.present(listed: false)
        $0.world.remake(try $0.softwareURL, fetchedAt: Stage.now + 1)
    },
    Row(.membership, "listed as a signing key's certificate") {
        try $0.present(listed: false)
        try $0.publish([$0.software.signing])
        try $0.fetchAfterArrival()
    },
    Row(good: "listed in the organisation's set alone (A-11)") { try $0.publish([$0.software.signing]) },
    Row(.membership, "listed in the organisation's set alone, where the bank asks the software's") {
        $0.policy.membership = .software
        try $0.publish([$0.software.signing])
        try $0.fetchAfterArrival()
    },
    Row(good: "in no set, where the bank asks for the path only") {
        $0.policy.membership = .chainOnly
        try $0.present(listed: false)
    },
    Row(good: "the organisation's set is missing, the software's lists it") {
        $0.world.sets[try $0.organisationURL] = nil
    },
    Row(.membership, "in no set that is there", .deferred) {
        $0.world.sets[try $0.organisationURL] = nil
        try $0.present(listed: false)
    },
    Row(.membership, "listed in an organisation's set that is too old to use", .deferred) {
        try $0.publish([$0.software.signing])
        $0.world.remake(try $0.organisationURL, usableUntil: Stage.now)
    },
    Row(
        .membership,
        "another organisation's certificate",
        and: [
            .obwacOrganisation, .authorityRegistration,
        ]
    ) { $0.show(try $0.other.transport.certificate) },
]

extension CertificateTemplate {
    /// Gives the subject's attribute of a type another text.
    mutating func name(_ text: String, _ oid: String) {
        for place in subject.relativeNames.indices where subject.relativeNames[place][0].oid == oid {
            subject.relativeNames[place][0].value = text
        }
    }
}
