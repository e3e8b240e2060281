import Encoding
import OpenBanking

/// The claims of a software statement as the directory issues it: no exp, a jti of 16 hexadecimal digits.
enum StatementClaims {
    static func make(
        _ software: SimulatedSoftware,
        _ directory: SimulatedDirectory,
        issuedAt: UnixTime,
        _ random: inout RandomSource
    ) -> DraftMembers {
        let organisation = software.organisation
        let site = "https://\(software.domain)"
        let base = directory.plan.baseURL
        let authorisations: [DraftValue] = ["GB", "IE"].map { state in
            .object(["member_state": .text(state), "roles": .texts(organisation.roles)])
        }
        let contacts: [DraftValue] = ["Technical", "Business"].map { kind in
            .object([
                "name": .text(kind), "email": .text("\(kind.lowercased())@\(software.domain)"),
                "phone": .text("+44207946\(random.number(1000..<10_000))"), "type": .text(kind),
            ])
        }
        return [
            "iss": "OpenBanking Ltd",
            "iat": .number(issuedAt),
            "jti": .text(Hex.encode(random.bytes(8))),
            "software_environment": .text(directory.plan.environment.rawValue),
            "software_mode": "Live",
            "software_id": .text(software.id),
            "software_client_id": .text(software.id),
            "software_client_name": .text(software.name),
            "software_client_description": .text("Accounts and payments by \(organisation.name)"),
            "software_version": software.version,
            "software_client_uri": .text(site),
            "software_redirect_uris": .texts(software.redirectURIs),
            "software_roles": .texts(software.roles),
            "organisation_competent_authority_claims": .object([
                "authority_id": .text(organisation.authorityID),
                "registration_id": .text(organisation.registrationID),
                "status": "Active",
                "authorisations": .list(authorisations),
            ]),
            "software_logo_uri": .text(site + "/logo.png"),
            "org_status": "Active",
            "org_id": .text(organisation.id),
            "org_name": .text(organisation.name),
            "org_contacts": .list(contacts),
            "org_jwks_endpoint": .text(base + KeyStorePath.keys(organisation.id, organisation.id)),
            "org_jwks_revoked_endpoint": .text(base + KeyStorePath.revoked(organisation.id, organisation.id)),
            "software_jwks_endpoint": .text(base + KeyStorePath.keys(organisation.id, software.id)),
            "software_jwks_revoked_endpoint": .text(base + KeyStorePath.revoked(organisation.id, software.id)),
            "software_policy_uri": .text(site + "/policy"),
            "software_tos_uri": .text(site + "/terms"),
            "software_on_behalf_of_org": nil,
        ]
    }
}
