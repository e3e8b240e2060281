import Crypto
import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// The record around a request.
let recordMembers = MutantSource(
    "record",
    weight: 8,
    among: [
        member("tls_possession", nil), member("tls_possession", "unproven"),
        MutantChange("a member nobody knows", .accepted) { r, _ in r.request.record.append("note", .object([:])) },
        member("ref", .null), member("ref", "\u{202E}"), member("ref", 7, .readableRecord),
        member("operation", "Register", .readableRecord), member("operation", .null, .readableRecord),
        member("channel", "DCR", .readableRecord), member("channel", "mcr", .readableRecord),
        member("received_at", "yesterday", .readableRecord), member("received_at", .null),
        member("tls_possession", "ATTESTED", .readableRecord), member("tls_possession", true, .readableRecord),
        MutantChange("the other environment's credentials", .refused(.credentialEnvironment)) { r, _ in
            r.request.record.append("environment", "production")
        },
        MutantChange("its own environment's credentials", .accepted) { r, _ in
            r.request.record.append("environment", "sandbox")
        },
        MutantChange("v 2", .malformed(.readableRecord)) { r, _ in r.request.record.append("v", 2) },
        MutantChange("v 1", .accepted) { r, _ in r.request.record.append("v", 1) },
        MutantChange("ref twice", .malformed(.readableRecord)) { r, _ in r.request.record.append("ref", "x") },
        MutantChange("an update without its client", .refused(.updateComplete)) { r, _ in
            r.request.record["operation"] = "update"
        },
        MutantChange("an update", .accepted) { r, _ in
            r.request.record["operation"] = "update"
            r.request.record.append("client_id", "c-1")
        },
    ]
)

/// The claim that carries the software statement.
let embeddedStatement = MutantSource(
    "request software_statement",
    weight: 4,
    among: [
        statement("absent", nil, .refused(.statementPresent)), statement("null", .null, .refused(.statementPresent)),
        statement("a number", 7, .refused(.statementPresent)), statement("empty", "", .refused(.statementPresent)),
        statement("an object", .object([:]), .refused(.statementPresent)),
        statement("prose", "statement", .refused(.statementFraming)),
        MutantChange("in a list", .refused(.statementPresent)) { r, _ in
            r.claims["software_statement"] = [.text(try r.request.statement.compact())]
        },
        MutantChange("the request's own kind of token", .waits(.directoryKeyKnown)) { r, _ in
            r.claims["software_statement"] = .text(try r.request.token.compact())
        },
        MutantChange("twice", .malformed(.strictJSON)) { r, _ in r.claims.append("software_statement", "x") },
        MutantChange("a space behind it", .refused(.statementFraming)) { r, _ in
            r.claims["software_statement"] = .text(try r.request.statement.compact() + " ")
        },
    ]
)

/// A legacy certificate is named after software and organisation.
let legacyCertificate = MutantSource(
    "legacy certificate subject",
    weight: 4,
    among: [
        legacy("as it is", .accepted) { _, _ in },
        legacy("another software", .refused(.legacySoftware)) { template, _ in
            template.name("0123456789abcdefABCDEF", "2.5.4.3")
        },
        legacy("the software in another case", .refused(.legacySoftware)) { template, r in
            template.name(TextChange.swapped(r.software.id), "2.5.4.3")
        },
        legacy("another organisation", .refused(.legacyOrganisation)) { template, _ in
            template.name("0015800001041XXXXX", "2.5.4.11")
        },
        legacy("two CNs", .refused(.legacyNames)) { template, _ in
            template.subject.relativeNames.append([.commonName("second")])
        },
        legacy("two OUs", .refused(.legacyNames)) { template, _ in
            template.subject.relativeNames.append([.organizationalUnit("second")])
        },
        legacy("no OU", .refused(.certificateProfile)) { template, _ in
            template.subject.relativeNames.removeAll { $0[0].oid == "2.5.4.11" }
        },
        legacy("another O", .accepted) { template, _ in template.name("Open Banking Limited", "2.5.4.10") },
    ]
)

/// A manual registration: the id_token of the person at the portal, and what the portal delivers.
let manualRegistration = MutantSource(
    "manual registration",
    weight: 8,
    among: [
        manual("as it is", .accepted) { _ in },
        identity("tpp_associated", "true"), identity("tpp_associated", "TRUE", .associated),
        identity("tpp_associated", false, .associated), identity("tpp_associated", nil, .associated),
        identity("tpp_associated", 1, .associated), identity("org_id", nil),
        identity("org_id", "0015800001041XXXXX", .portalOrganisation), identity("sub", "another"),
        identity("iss", "https://evil.example", .identityToken), identity("iss", nil, .identityToken),
        identity("aud", "somebody", .identityToken), identity("aud", nil, .identityToken),
        identity("exp", 1, .identityToken), identity("exp", nil, .identityToken),
        identity("nonce", "another", .identityToken), identity("email", nil),
        manual("a changed signature", .refused(.identityToken)) { $0.manual.identity.damage = .flippedSignature },
        manual("no certificate", .refused(.applicationCertificate)) { $0.manual.certificate = nil },
        manual("a foreign redirect URI", .refused(.redirectListed)) { r in
            r.manual.redirectURIs = r.software.redirectURIs + ["https://elsewhere.example/"]
        },
        manual("a week old", .refused(.statementAge)) { $0.stated["iat"] = .number(Stage.now - 8 * Stage.day) },
        manual("six days old", .accepted) { $0.stated["iat"] = .number(Stage.now - 6 * Stage.day) },
        manual("another organisation's standing", .refused(.organisationStatus)) {
            $0.stated["org_status"] = "Revoked"
        },
    ]
)

/// What stands above the certificate.
let authorities = MutantSource(
    "issuing authorities",
    weight: 2,
    among: [
        MutantChange("the issuing authority is on the root's list", .refused(.issuingAuthority)) { r, _ in
            let authority = try Stage.directory.authority
            let entry = CRLTemplate.Entry(serial: [0x10, 0x02], at: Stage.now - 60, reason: 2)
            try r.lists([
                try authority.issuingList(number: 9_000, at: Stage.now, revoked: []),
                try authority.rootList(number: 9_000, at: Stage.now, revoked: [entry]),
            ])
        },
        MutantChange("another is on the root's list", .accepted) { r, _ in
            let authority = try Stage.directory.authority
            let entry = CRLTemplate.Entry(serial: [0x10, 0x03], at: Stage.now - 60, reason: 2)
            try r.lists([
                try authority.issuingList(number: 9_000, at: Stage.now, revoked: []),
                try authority.rootList(number: 9_000, at: Stage.now, revoked: [entry]),
            ])
        },
        MutantChange("signed with SHA-1", .refused(.certificateChain, .certificateStrength)) { r, _ in
            try r.present { $0.signature = SignatureTemplate(.sha1) }
        },
        MutantChange("a QWAC", .accepted) { r, _ in try r.presentQualified() },
        MutantChange("a QWAC that is not qualified", .refused(.trustedList)) { r, _ in
            try r.presentQualified { $0.qcStatements?.isQualified = false }
        },
        MutantChange("a QWAC of a stranger", .refused(.certificateChain)) { r, _ in
            try r.presentQualified()
            r.world.anchors = try Stage.world.anchors
        },
        MutantChange("CIBA before 3.3", .refused(.cibaVersion)) { r, _ in
            r.policy.profile = .v32
            r.claims["grant_types"] = ["authorization_code", "urn:openid:params:grant-type:ciba"]
            r.claims.append("backchannel_token_delivery_mode", "poll")
            r.claims.append("backchannel_authentication_request_signing_alg", "PS256")
        },
    ]
)

private func member(_ name: String, _ value: DraftValue?, _ rules: RuleID...) -> MutantChange {
    let expected: Expected = rules.isEmpty ? .accepted : .malformed(.readableRecord)
    return MutantChange("\(name) \(value.map { "\($0)" } ?? "absent")", expected) { r, _ in
        r.request.record[name] = value
    }
}

private func statement(_ what: String, _ value: DraftValue?, _ expected: Expected) -> MutantChange {
    MutantChange(what, expected) { r, _ in r.claims["software_statement"] = value }
}

private func legacy(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (inout CertificateTemplate, Registration) -> Void
) -> MutantChange {
    MutantChange(what, expected) { r, _ in
        r = try Registration(Stage.legacy)
        let registration = r
        try r.present { change(&$0, registration) }
    }
}

private func manual(
    _ what: String,
    _ expected: Expected,
    _ change: @escaping @Sendable (inout Registration) -> Void
) -> MutantChange {
    MutantChange(what, expected) { r, _ in
        r.form = .manual
        change(&r)
    }
}

private func identity(_ claim: String, _ value: DraftValue?, _ rules: RuleID...) -> MutantChange {
    manual("\(claim) \(value.map { "\($0)" } ?? "absent")", .refused(Set(rules))) { $0.identity[claim] = value }
}
