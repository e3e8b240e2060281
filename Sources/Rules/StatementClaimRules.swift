import Encoding
import JOSE
import OpenBanking

/// The software statement: framing, header and claims.
let statementClaimRules: [Rule] = statementHeaderRules + statementIdentityRules + statementStandingRules

private let statementHeaderRules: [Rule] = [
    Rule(
        .statementFraming,
        "the software statement is one compact JWS of at most 32 KiB with strict JSON inside",
        source: "RFC 7515 section 7.1; RFC 8725 section 2.7",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.record],
        settings: ["process.limits.statement"],
        remedy: "Send the software statement exactly as the directory issued it.",
        check: statementIsFramed
    ),
    Rule(
        .statementAlgorithm,
        "the software statement's alg is PS256 or ES256",
        source: "Directory API, software statement assertion",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.statementHeader],
        settings: ["policy.statement_algorithms"],
        remedy: "Ask the directory for a new software statement."
    ) { algorithmFault($0.statement.header, allowed: $0.policy.statementAlgorithms) },
    Rule(
        .statementType,
        "the software statement's typ is JWT",
        source: "Directory API, software statement assertion",
        reports: .invalidSoftwareStatement,
        severity: .warning,
        needs: [.statementHeader],
        remedy: "Ask the directory for a new software statement."
    ) { r in
        guard r.statement.header?.type?.equalsIgnoringASCIICase("JWT") != true else { return nil }
        return r.statement.header?.type.map { Fault("typ of the software statement is not JWT", $0) }
            ?? Fault("the software statement has no typ")
    },
    Rule(
        .statementKeyID,
        "the software statement names its key by kid",
        source: "Directory API, software statement assertion (A-13)",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.statementHeader],
        remedy: "Ask the directory for a new software statement."
    ) { keyIDFault($0.statement.header) },
    Rule(
        .statementHeaderKeys,
        "the software statement's header carries no key, no crit and no b64",
        source: "OB DCR 3.3, Of JWS & JWKS; RFC 7515 section 4.1.11",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.statementHeader],
        remedy: "Ask the directory for a new software statement."
    ) { r in
        embeddedKeyFault(r.statement.header) ?? criticalFault(r.statement.header) ?? unencodedFault(r.statement.header)
    },
]

private let statementIdentityRules: [Rule] = [
    Rule(
        .statementIssuer,
        "the software statement's iss is the trusted directory",
        source: "OB DCR 3.3, software_statement; RFC 7591 section 2.3",
        reports: .unapprovedSoftwareStatement,
        needs: [.statementTrusted],
        settings: ["directory.issuer"],
        remedy: "Use a software statement of the Open Banking directory."
    ) { r in
        guard let issuer = r.statedText(.issuer) else { return nil }  // its absence is rule R-061's
        return issuer.equals(r.policy.statementIssuer)
            ? nil : Fault("iss of the software statement is not trusted here", issuer)
    },
    Rule(
        .statementClaims,
        "the software statement has every required claim with the right type",
        source: "Directory API, software statement assertion",
        reports: .invalidSoftwareStatement,
        needs: [.statementTrusted],
        remedy: "Ask the directory for a new software statement.",
        check: statementIsComplete
    ),
    Rule(
        .statementVersion,
        "software_version is a string or a number and is kept as it is",
        source: "Directory API, software statement assertion",
        reports: .invalidSoftwareStatement,
        severity: .info,
        configurable: false,
        needs: [.statementTrusted],
        remedy: "Nothing to do."
    ) { r in
        guard let value = r.stated(.version), value.kind != .string, value.kind != .number, !value.isNull else {
            return nil
        }
        return Fault("software_version is neither a string nor a number")
    },
    Rule(
        .statementSizes,
        "the statement's fields keep the directory's sizes",
        source: "Directory API, software statement assertion",
        reports: .invalidSoftwareStatement,
        severity: .warning,
        needs: [.statementTrusted],
        remedy: "Shorten the field in the directory.",
        check: statementFieldsFit
    ),
    Rule(
        .statementSoftwareID,
        "software_id is 1 to 22 letters and digits",
        source: "Directory API, SoftwareStatementIdSchema",
        reports: .invalidSoftwareStatement,
        needs: [.statementTrusted],
        remedy: "Ask the directory for a new software statement."
    ) { r in
        guard let id = r.statedText(.softwareID), !Words.isWord(id, maximum: 22) else { return nil }
        return Fault("software_id of the software statement is not 1 to 22 letters and digits", id)
    },
    Rule(
        .statementOrganisationID,
        "org_id is 1 to 35 letters and digits",
        source: "Directory API, org_id",
        reports: .invalidSoftwareStatement,
        needs: [.statementTrusted],
        remedy: "Ask the directory for a new software statement."
    ) { r in
        guard let id = r.statedText(.organisationID), !Words.isWord(id, maximum: 35) else { return nil }
        return Fault("org_id of the software statement is not 1 to 35 letters and digits", id)
    },
    Rule(
        .keyURLs,
        "key set URLs have the directory's shape on an allowed host",
        source: "RFC 8725 section 3.10; Directory API, key store",
        reports: .unapprovedSoftwareStatement,
        configurable: false,
        needs: [.statementTrusted],
        settings: ["directory.allow_hosts"],
        note:
            "Softened it would let a statement send the fetcher anywhere, so only the list of hosts is a choice.",
        remedy: "Use a software statement of the directory this bank is connected to."
    ) { $0.keyURLFault },
]

private func statementIsFramed(_ r: Evidence) -> Fault? {
    guard let text = r.statementText else { return nil }  // its absence is rule R-022's or R-002's
    let limit = r.policy.byteLimit.statement
    if text.count > limit {
        return Fault("the software statement is \(text.count) bytes long; at most \(limit) are read")
    }
    if let fault = r.statement.framingFault { return Fault("the software statement is not a compact JWS: \(fault)") }
    return r.statement.jws == nil ? nil : jsonFault(r.statement, of: "the software statement")
}

private let requiredTexts: [StatementClaim] = [
    .issuer, .jwtID, .softwareID, .softwareClientID, .organisationID, .organisationName, .organisationStatus,
    .softwareKeys, .organisationKeys,
]

private func statementIsComplete(_ r: Evidence) -> Fault? {
    for name in requiredTexts where !r.statement.claims.isText(name) {
        guard let value = r.stated(name) else {
            return Fault("\(name.rawValue) is missing from the software statement")
        }
        guard let text = value.text else { return Fault("\(name.rawValue) of the software statement is not a string") }
        if text.isEmpty { return Fault("\(name.rawValue) of the software statement is empty") }
    }
    guard let issued = r.stated(.issuedAt) else { return Fault("iat is missing from the software statement") }
    guard let seconds = issued.integral, (0...100_000_000_000).contains(seconds) else {
        return Fault("iat of the software statement is not whole seconds since 1970")
    }
    guard let roles = r.stated(.roles) else { return Fault("software_roles is missing from the software statement") }
    guard roles.kind == .array else { return Fault("software_roles of the software statement is not an array") }
    for name: StatementClaim in [.softwareRevokedKeys, .organisationRevokedKeys] {
        guard let value = r.stated(name), !value.isNull, value.text == nil else { continue }
        return Fault("\(name.rawValue) of the software statement is not a string")
    }
    return nil
}

private let sizes: [(StatementClaim, Int)] = [
    (.softwareClientID, 22), (.clientName, 40), (.clientDescription, 256), (.clientURI, 256), (.version, 42),
    (.environment, 256),
    (.softwareKeys, 256), (.softwareRevokedKeys, 256), (.organisationKeys, 256), (.organisationRevokedKeys, 256),
    (.logoURI, 256), (.policyURI, 256), (.termsURI, 256), (.onBehalfOf, 40), (.organisationName, 140),
]

private func statementFieldsFit(_ r: Evidence) -> Fault? {
    for (name, size) in sizes where !r.statement.claims.isText(name, maximum: size) {
        guard let text = r.statedText(name), Words.isLonger(text, than: size) else { continue }
        return oversized(name.rawValue, text, size)
    }
    var fault: Fault?
    func look(_ holder: JSONValue, _ name: StaticString, _ size: Int) {
        guard fault == nil, let text = holder[name]?.text, Words.isLonger(text, than: size) else { return }
        fault = oversized("\(name)", text, size)
    }
    r.stated(.organisationContacts)?.forEachElement { contact in
        for name: StaticString in ["name", "email", "phone", "type"] { look(contact, name, 256) }
    }
    AuthorityClaims.forEach(r) { authority in
        for name: StaticString in ["authority_id", "registration_id"] { look(authority, name, 255) }
    }
    return fault
}

private func oversized(_ name: String, _ text: ByteSlice, _ size: Int) -> Fault {
    Fault("\(name) is \(Words.length(text)) characters long; the directory allows \(size)", text)
}
