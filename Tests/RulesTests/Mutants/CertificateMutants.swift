import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Whom the transport certificate names; each mutant is issued by the directory's authority and listed in the key set.
let certificateNames = MutantSource(
    "certificate subject",
    weight: 8,
    among: [
        named("CN of another organisation", "2.5.4.3", .obwacOrganisation) { try $0.other.organisation.id + "x" },
        named("CN in another case", "2.5.4.3", .obwacOrganisation) { r in
            let id = r.software.organisation.id
            return id == id.lowercased() ? id.uppercased() : id.lowercased()
        },
        named("CN with a space", "2.5.4.3", .obwacOrganisation) { $0.software.organisation.id + " " },
        named("CN cut", "2.5.4.3", .obwacOrganisation) { String($0.software.organisation.id.dropLast()) },
        named("CN the software's", "2.5.4.3", .obwacOrganisation) { $0.software.id },
        named("O another", "2.5.4.10") { _ in "Somebody Else Limited" },
        named("identifier of another", "2.5.4.97", .authorityRegistration) { _ in "PSDGB-OB-Unknown0000000000ABCDEF12"
        },
        named("identifier of another authority", "2.5.4.97", .authorityRegistration) {
            "PSDGB-FCA-\($0.software.organisation.registrationID)"
        },
        named("identifier of another country", "2.5.4.97", .authorityRegistration) {
            "PSDIE-OB-\($0.software.organisation.registrationID)"
        },
        named("identifier no PSD2 one", "2.5.4.97", .organisationIdentifier) { _ in "VATGB-123456789" },
        named("identifier lower case", "2.5.4.97", .organisationIdentifier) {
            $0.software.organisation.organisationIdentifier.lowercased()
        },
        issued("no identifier", .refused(.organisationIdentifier)) { template, _, _ in
            template.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.97" }
        },
        issued("two CNs", .refused(.obwacOrganisation)) { template, _, _ in
            template.subject.relativeNames.append([.commonName("second")])
        },
        issued("no CN", .refused(.obwacOrganisation)) { template, _, _ in
            template.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.3" }
        },
    ]
)

/// What the certificate says of itself.
let certificateContents = MutantSource(
    "certificate contents",
    weight: 10,
    among: [
        issued("issued again", .accepted) { _, _, _ in },
        issued("another window", .accepted) { template, _, random in
            template.notBefore = Stage.now - random.number(0..<90_000)
            template.notAfter = Stage.now + random.number(0..<90_000)
        },
        issued("expired", .refused(.certificateWindow)) { template, _, random in
            template.notAfter = Stage.now - random.number(1..<90_000)
        },
        issued("not valid yet", .refused(.certificateWindow)) { template, _, random in
            template.notBefore = Stage.now + random.number(1..<90_000)
        },
        issued("a server's", .refused(.certificatePurpose)) { template, _, _ in
            template.extendedKeyUsage = ["1.3.6.1.5.5.7.3.1"]
        },
        issued("no purpose", .refused(.certificatePurpose)) { template, _, _ in template.extendedKeyUsage = nil },
        issued("any purpose", .refused(.certificatePurpose)) { template, _, _ in
            template.extendedKeyUsage = ["1.3.6.1.5.5.7.3.2", "2.5.29.37.0"]
        },
        issued("not for signatures", .refused(.certificatePurpose)) { template, _, _ in
            template.keyUsage = .keyAgreement
        },
        issued("a seal", .refused(.certificateProfile)) { template, _, _ in template.qcStatements?.kinds = [.seal] },
        issued("no PSD2 statement", .refused(.certificateProfile)) { template, _, _ in template.qcStatements = nil },
        issued("no role", .refused(.psd2Statement, .psd2Roles)) { template, _, _ in template.qcStatements?.roles = [] },
        issued("another role", .refused(.psd2Roles)) { template, _, _ in
            template.qcStatements?.roles = [.cardBasedIssuing]
        },
        issued("every role, flat", .accepted) { template, _, random in
            template.qcStatements?.roles = [.paymentInitiation, .accountInformation, .cardBasedIssuing]
                .shuffled(using: &random)
            template.qcStatements?.isFlat = true
        },
        issued("an authority", .refused(.certificateIsLeaf, .certificateChain)) { template, _, _ in
            template.constraints = .init(isAuthority: true)
        },
        issued("an unknown critical extension", .refused(.certificateIsLeaf, .certificateChain)) { template, _, _ in
            template.extra = [ExtensionTemplate("1.2.3.4", critical: true, [0x05, 0x00])]
        },
        issued("an unknown extension", .accepted) { template, _, _ in
            template.extra = [ExtensionTemplate("1.2.3.4", [0x05, 0x00])]
        },
        MutantChange("a rogue authority", .refused(.certificateChain)) { r, _ in try r.present(rogue: true) },
        MutantChange("a rogue authority, not listed", .refused(.certificateChain, .membership)) { r, _ in
            try r.present(rogue: true, listed: false)
        },
        MutantChange("not listed", .waits(.membership)) { r, _ in try r.present(listed: false) },
        MutantChange("not listed in newer sets", .refused(.membership)) { r, _ in
            try r.present(listed: false)
            try r.fetchAfterArrival()
        },
        MutantChange("another key, listed", .accepted) { r, _ in try r.present(key: try KeyPool.elliptic()) },
        MutantChange("on the revocation list", .refused(.certificateRevocationList)) { r, _ in
            try r.present()
            let authority = try Stage.directory.authority
            let entry = CRLTemplate.Entry(serial: [0x21, 0x07], at: Stage.now - 60, reason: 1)
            try r.lists([
                try authority.issuingList(number: 9_000, at: Stage.now, revoked: [entry]),
                try authority.rootList(number: 9_000, at: Stage.now),
            ])
        },
    ]
)

/// What is delivered as the certificate.
let certificateTexts = MutantSource(
    "certificate delivered",
    weight: 8,
    among: [
        shown("none", .refused(.certificateReadable)) { _ in nil },
        shown("empty", .refused(.certificateReadable)) { _ in "" },
        shown("prose", .refused(.certificateReadable)) { _ in "a certificate" },
        shown("cut", .refused(.certificateReadable)) { $0.map { String($0.dropLast(40)) } },
        shown("six of them", .refused(.certificateReadable)) { $0.map { String(repeating: $0, count: 6) } },
        shown("twice", .accepted) { $0.map { $0 + $0 } },
        shown("carriage returns", .accepted) { $0?.replacing("\n", with: "\r\n") },
        shown("words around", .accepted) { $0.map { "subject\n" + $0 + "end\n" } },
        MutantChange("the signing one", .refused(.certificateProfile, .certificatePurpose, .membership)) { r, _ in
            r.show(r.software.signing.certificate)
        },
        MutantChange("the expired one", .refused(.certificateWindow)) { r, _ in
            r.show(r.software.expiredTransport.certificate)
        },
        MutantChange("any byte of it", .never(.certificateReadable, .certificateChain, .membership)) { r, random in
            var der = r.software.transport.certificate
            der[Int.random(in: 0..<der.count, using: &random)] ^= 1 << UInt8(random.number(0..<8))
            r.show(der)
        },
        MutantChange(
            "another organisation's",
            .refused(.obwacOrganisation, .authorityRegistration, .membership)
        ) { r, _ in
            let isFirst = r.software.organisation.index == 0
            r.show(try Stage.directory.software[isFirst ? Stage.elliptic : Stage.plain].transport.certificate)
        },
    ]
)

private func issued(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (inout CertificateTemplate, Registration, inout RandomSource) throws -> Void
) -> MutantChange {
    MutantChange(what, expected) { r, random in
        let registration = r
        var made = random
        var failure: (any Error)?
        try r.present { template in
            do { try change(&template, registration, &made) } catch { failure = error }
        }
        random = made
        if let failure { throw failure }
    }
}

private func named(
    _ what: String,
    _ oid: String,
    _ rules: RuleID...,
    make: @escaping @Sendable (Registration) throws -> String
) -> MutantChange {
    issued(what, .refused(Set(rules))) { template, r, _ in template.name(try make(r), oid) }
}

private func shown(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (String?) -> String?
) -> MutantChange {
    MutantChange(what, expected) { r, _ in r.request.certificate = change(r.request.certificate) }
}
