import Encoding
import OpenBanking

/// Whether the statement's software and organisation may register here, now.
let statementStandingRules: [Rule] = [
    Rule(
        .environment,
        "software_environment is this bank's",
        source: "Directory API, software_environment",
        reports: .unapprovedSoftwareStatement,
        needs: [.statementTrusted],
        settings: ["environment"],
        remedy: "Use a software statement of the environment this bank serves.",
        check: environmentIsServed
    ),
    Rule(
        .softwareMode,
        "software that registers in production is live",
        source: "Directory API, software_mode (A-17)",
        reports: .unapprovedSoftwareStatement,
        severity: .warning,
        needs: [.statementTrusted],
        settings: ["policy.software_mode"],
        remedy: "Set the software live in the directory when it is ready."
    ) { r in
        guard r.environment == .production, let mode = r.statedText(.mode), !mode.equalsIgnoringASCIICase("live")
        else { return nil }
        return Fault("software_mode is not live", mode)
    },
    Rule(
        .organisationStatus,
        "org_status is Active",
        source: "Directory API, org_status",
        reports: .unapprovedSoftwareStatement,
        needs: [.statementTrusted],
        remedy: "The organisation must be active in the directory."
    ) { r in
        guard let status = r.statedText(.organisationStatus), !status.equalsIgnoringASCIICase("active") else {
            return nil
        }
        return Fault("org_status is not Active", status)
    },
    Rule(
        .authorityStatus,
        "the competent authority's status, where given, is Active",
        source: "Directory API, organisation_competent_authority_claims",
        reports: .unapprovedSoftwareStatement,
        needs: [.statementTrusted],
        remedy: "The organisation must be active with its competent authority."
    ) { r in
        var fault: Fault?
        AuthorityClaims.forEach(r) { authority in
            guard fault == nil, let status = authority["status"], !status.isNull,
                status.text?.equalsIgnoringASCIICase("active") != true
            else { return }
            fault = Fault("the competent authority's status is not Active", status.text ?? ByteSlice(""))
        }
        return fault
    },
    Rule(
        .softwareRoles,
        "software_roles are known, of one domain, and ASPSP stands alone",
        source: "Directory API, software_roles",
        reports: .unapprovedSoftwareStatement,
        needs: [.statementTrusted],
        remedy: "Mend the software's roles in the directory.",
        check: rolesFitTogether
    ),
    Rule(
        .rolesAuthorised,
        "each role is authorised for the bank's member state",
        source: "Directory API, organisation_competent_authority_claims (A-18)",
        reports: .unapprovedSoftwareStatement,
        needs: [.statementTrusted],
        settings: ["policy.member_state"],
        remedy: "The organisation needs the authorisation in the bank's member state, or the software fewer roles.",
        check: rolesAreAuthorised
    ),
    Rule(
        .statementNotFuture,
        "the software statement was not issued in the future",
        source: "RFC 7519 section 4.1.6",
        reports: .invalidSoftwareStatement,
        needs: [.statementTrusted],
        settings: ["policy.clock_skew"],
        remedy: "Check the clocks; ask for a new software statement."
    ) { r in
        guard let issued = r.stated(.issuedAt)?.integral, issued > r.now + r.policy.clockSkew else { return nil }
        return Fault("iat of the software statement is in the future", value: Timestamp.rfc3339(issued))
    },
    Rule(
        .statementAge,
        "the software statement is not older than the bank allows",
        source: "Directory API, SSA lifetime (A-15)",
        reports: .invalidSoftwareStatement,
        needs: [.statementTrusted],
        settings: ["policy.ssa_max_age", "policy.strict"],
        remedy: "Ask the directory for a new software statement and register at once."
    ) { r in
        let limit = r.policy.maxAge(r.channel)
        guard let issued = r.stated(.issuedAt)?.integral, issued >= 0, isTooOld(issued, limit, r)
        else { return nil }
        return Fault(
            "the software statement is older than \(limit) seconds",
            value: "issued \(Timestamp.rfc3339(issued))"
        )
    },
    Rule(
        .statementWindow,
        "exp and nbf of the software statement, where present, hold",
        source: "RFC 7519 sections 4.1.4 and 4.1.5",
        reports: .invalidSoftwareStatement,
        configurable: false,
        needs: [.statementTrusted],
        remedy: "Ask the directory for a new software statement.",
        check: statementIsInItsWindow
    ),
    Rule(
        .denyList,
        "software and organisation are not on the bank's own deny list",
        source: "policy.deny_software, policy.deny_organisations",
        reports: .unapprovedSoftwareStatement,
        needs: [.statementTrusted],
        settings: ["policy.deny_software", "policy.deny_organisations"],
        remedy: "Ask the bank why it refuses this software or organisation."
    ) { r in
        if let id = r.statedText(.softwareID), r.policy.deniedSoftware.contains(where: { id.equals($0) }) {
            return Fault("the software is on the bank's deny list", id)
        }
        guard let id = r.statedText(.organisationID), r.policy.deniedOrganisations.contains(where: { id.equals($0) })
        else { return nil }
        return Fault("the organisation is on the bank's deny list", id)
    },
    Rule(
        .presentationHosts,
        "logo, policy, terms and client URIs are on the hosts of the redirect URIs",
        source: "Counterfoil",
        reports: .invalidClientMetadata,
        severity: .off,
        needs: [.statementTrusted],
        remedy: "Put the pages on the client's own hosts.",
        check: pagesAreOnTheClientsHosts
    ),
]

/// A statement that a bank registered long ago is as old as it was then, and was young enough for the bank of then.
private func isTooOld(_ issued: UnixTime, _ limit: UnixTime, _ r: Evidence) -> Bool {
    r.relaxedTo == nil && issued < r.requestTime - limit - r.policy.clockSkew
}

private func environmentIsServed(_ r: Evidence) -> Fault? {
    guard let value = r.stated(.environment), !value.isNull else {
        return Fault("software_environment is missing from the software statement")
    }
    guard let environment = r.environment else {
        return Fault("software_environment is neither production nor sandbox", value.text ?? ByteSlice(""))
    }
    guard environment != r.policy.environment else { return nil }
    return Fault("this instance serves \(r.policy.environment.rawValue) only", value: environment.rawValue)
}

private func rolesFitTogether(_ r: Evidence) -> Fault? {
    guard let value = r.stated(.roles), value.kind == .array else { return nil }  // rule R-061's
    guard value.count > 0 else { return Fault("software_roles is empty") }
    var fault: Fault?
    value.forEachElement { element in
        guard fault == nil else { return }
        guard let text = element.text else {
            fault = Fault("software_roles holds something other than strings").reporting(.invalidSoftwareStatement)
            return
        }
        guard SoftwareRoles.named(text) == nil else { return }
        fault = Fault("software_roles holds an unknown role", text).reporting(.invalidSoftwareStatement)
    }
    if let fault { return fault }
    if !r.roles.isDisjoint(with: .crown), !r.roles.isDisjoint(with: .psd2) {
        return Fault("software_roles mixes PSD2 and Crown Dependencies", value: list(r.roles))
    }
    let isServicing = !r.roles.isDisjoint(with: .servicing)
    let isAlone = r.roles == .aspsp || r.roles == .crownASPSP
    return isServicing && !isAlone ? Fault("ASPSP stands with other roles", value: list(r.roles)) : nil
}

private func list(_ roles: SoftwareRoles) -> String { roles.names.joined(separator: ", ") }

private func rolesAreAuthorised(_ r: Evidence) -> Fault? {
    guard r.roles.isDisjoint(with: .crown) else { return nil }  // not a matter of PSD2 authorities
    var authorised = SoftwareRoles()
    var count = 0
    AuthorityClaims.forEach(r) { authority in
        count += 1
        authorised.formUnion(roles(of: authority, in: r.policy.memberState))
    }
    guard count > 0 else {
        return Fault("the software statement names no competent authority: its roles are taken as they are").asWarning
    }
    let missing = r.roles.subtracting(authorised)
    guard !missing.isEmpty else { return nil }
    return Fault(
        "the organisation is not authorised in \(r.policy.memberState) for every role of the software",
        value: list(missing)
    )
}

private func roles(of authority: JSONValue, in state: String) -> SoftwareRoles {
    var found = SoftwareRoles()
    authority["authorisations"]?.forEachElement { authorisation in
        guard authorisation["member_state"]?.text?.equals(state) == true else { return }
        authorisation["roles"]?.forEachElement { role in
            if let text = role.text, let known = SoftwareRoles.named(text) { found.formUnion(known) }
        }
    }
    return found
}

private func statementIsInItsWindow(_ r: Evidence) -> Fault? {
    if let value = r.stated(.expiresAt), !value.isNull {
        guard let end = value.integral, end >= 0 else {
            return Fault("exp of the software statement is not whole seconds")
        }
        if end < r.arrival - r.policy.clockSkew {
            return Fault("the software statement has expired", value: Timestamp.rfc3339(end))
        }
    }
    if let value = r.stated(.notBefore), !value.isNull {
        guard let start = value.integral, start >= 0 else {
            return Fault("nbf of the software statement is not whole seconds")
        }
        if start > r.validAt + r.policy.clockSkew {
            return Fault("the software statement is not valid yet", value: Timestamp.rfc3339(start))
        }
    }
    return nil
}

private func pagesAreOnTheClientsHosts(_ r: Evidence) -> Fault? {
    var hosts: [ByteSlice] = []
    r.stated(.redirectURIs)?.forEachElement { element in
        if let text = element.text, case .success(let uri) = RedirectURI.parse(text) {
            hosts.append(text[uri.hostPlace])
        }
    }
    for name: StatementClaim in [.clientURI, .logoURI, .policyURI, .termsURI] {
        guard let text = r.statedText(name), !text.isEmpty else { continue }
        guard case .success(let uri) = RedirectURI.parse(text), uri.isHTTPS, hosts.contains(text[uri.hostPlace])
        else {
            return Fault("\(name.rawValue) is not an https page on a host of the redirect URIs", text)
        }
    }
    return nil
}
