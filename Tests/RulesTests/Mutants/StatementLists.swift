import OpenBanking

@testable import Rules
@testable import Simulator

/// The statement's lists and its competent authority claims.
let statementLists: [MutantSource] = [statementRedirects, roles]

private func value(_ claim: String, _ name: String, _ value: DraftValue?, _ rules: RuleID...) -> MutantChange {
    MutantChange("\(claim): \(name)", .refused(Set(rules))) { r, _ in r.stated[claim] = value }
}

private let statementRedirects = MutantSource(
    "statement software_redirect_uris",
    weight: 4,
    among: [
        value("software_redirect_uris", "absent", nil, .redirectListed, .statementRedirects),
        value("software_redirect_uris", "null", .null, .redirectListed, .statementRedirects),
        value("software_redirect_uris", "none", [], .redirectListed, .statementRedirects),
        value("software_redirect_uris", "a string", "https://a.example", .redirectListed, .statementRedirects),
        value("software_redirect_uris", "others", ["https://a.example/callback"], .redirectListed),
        MutantChange("software_redirect_uris: more", .accepted) { r, _ in
            r.stated["software_redirect_uris"] = .texts(["https://localhost"] + r.software.redirectURIs)
        },
        MutantChange("software_redirect_uris: one is longer", .refused(.redirectListed)) { r, random in
            var uris = r.software.redirectURIs
            uris[Int(random.next() % UInt64(uris.count))] += "x"
            r.stated["software_redirect_uris"] = .texts(uris)
        },
        MutantChange("software_redirect_uris: upper case", .refused(.redirectListed)) { r, _ in
            r.stated["software_redirect_uris"] = .texts(r.software.redirectURIs.map { $0.uppercased() })
        },
    ]
)

/// Software whose scope needs AISP at least.
private let roles = MutantSource(
    "statement software_roles",
    weight: 6,
    among: [
        value("software_roles", "absent", nil, .statementClaims, .scopeAllowed),
        value("software_roles", "null", .null, .statementClaims, .scopeAllowed),
        value("software_roles", "a string", "AISP", .statementClaims, .scopeAllowed),
        value("software_roles", "none", [], .softwareRoles, .scopeAllowed),
        value("software_roles", "lower case", ["aisp"], .softwareRoles, .scopeAllowed),
        value("software_roles", "in one string", ["AISP PISP"], .softwareRoles, .scopeAllowed),
        MutantChange("software_roles: a number", .refused(.softwareRoles)) { r, _ in
            r.stated["software_roles"] = .list(r.software.roles.map { .text($0) } + [1])
        },
        MutantChange("software_roles: an unknown one", .refused(.softwareRoles)) { r, _ in
            r.stated["software_roles"] = .texts(r.software.roles + ["XISP"])
        },
        MutantChange("software_roles: of the Crown Dependencies too", .refused(.softwareRoles)) { r, _ in
            r.stated["software_roles"] = .texts(r.software.roles + ["CD_AISP"])
        },
        MutantChange("software_roles: ASPSP too", .refused(.softwareRoles, .rolesAuthorised, .psd2Roles)) { r, _ in
            r.stated["software_roles"] = .texts(r.software.roles + ["ASPSP"])
        },
        MutantChange("software_roles: all that the organisation has", .accepted) { r, random in
            r.stated["software_roles"] = .texts(["AISP", "PISP", "CBPII"].shuffled(using: &random))
        },
        MutantChange("software_roles: not that of the scope", .refused(.scopeAllowed)) { r, _ in
            r.stated["software_roles"] = ["CBPII"]
            r.claims["scope"] = "openid accounts"
        },
    ]
)

let authorityClaims = MutantSource(
    "statement organisation_competent_authority_claims",
    weight: 6,
    among: [
        value("organisation_competent_authority_claims", "absent", nil),
        value("organisation_competent_authority_claims", "null", .null),
        value(
            "organisation_competent_authority_claims",
            "empty",
            .object([:]),
            .rolesAuthorised,
            .authorityRegistration
        ),
        MutantChange("authority: in a list", .accepted) { r, _ in
            r.stated["organisation_competent_authority_claims"] = r.stated["organisation_competent_authority_claims"]
                .map { .list([$0]) }
        },
        authority("status", "Revoked", .authorityStatus), authority("status", 1, .authorityStatus),
        authority("status", "ACTIVE"), authority("status", nil), authority("status", .null),
        authority("registration_id", nil, .authorityRegistration),
        authority("registration_id", "other", .authorityRegistration),
        authority("registration_id", .null, .authorityRegistration),
        authority("authority_id", "FCAGBR", .authorityRegistration), authority("authority_id", nil),
        authority("authority_id", "obgbr", .authorityRegistration),
        authority("authorisations", nil, .rolesAuthorised), authority("authorisations", [], .rolesAuthorised),
        authority("authorisations", state("IE", ["AISP", "PISP", "CBPII"]), .rolesAuthorised),
        authority("authorisations", state("gb", ["AISP", "PISP", "CBPII"]), .rolesAuthorised),
        authority("authorisations", state("GB", ["aisp"]), .rolesAuthorised),
        authority("authorisations", state("GB", ["CBPII"]), .rolesAuthorised),
        authority("authorisations", state("GB", ["CBPII", "PISP", "AISP"])),
    ]
)

private func authority(_ member: String, _ value: DraftValue?, _ rules: RuleID...) -> MutantChange {
    MutantChange("authority \(member): \(value.map { "\($0)" } ?? "absent")", .refused(Set(rules))) { r, _ in
        r.authority { $0[member] = value }
    }
}

private func state(_ name: String, _ roles: [String]) -> DraftValue {
    .list([.object(["member_state": .text(name), "roles": .texts(roles)])])
}
