import OpenBanking

@testable import Rules
@testable import Simulator

/// The statement's claims that are strings, as the directory lists them; each mutant is signed again by the directory.
let statementTextRows: [TextRow] = [
    TextRow(
        "iss",
        absent: [.statementClaims],
        mistyped: [.statementClaims],
        empty: [.statementClaims, .statementIssuer],
        other: [.statementIssuer],
        malformed: [.statementIssuer]
    ),
    required("jti"), required("software_client_id"), required("org_name"),
    TextRow(
        "software_id",
        absent: [.statementClaims],
        mistyped: [.statementClaims],
        empty: [.statementClaims, .statementSoftwareID, .keyURLs, .requestIssuer, .requestSoftwareID],
        other: [.keyURLs, .requestIssuer, .requestSoftwareID],
        malformed: [.statementSoftwareID, .keyURLs, .requestIssuer, .requestSoftwareID]
    ),
    TextRow(
        "org_id",
        absent: [.statementClaims],
        mistyped: [.statementClaims],
        empty: [.statementClaims, .statementOrganisationID, .keyURLs, .obwacOrganisation],
        other: [.keyURLs, .obwacOrganisation],
        malformed: [.statementOrganisationID, .keyURLs, .obwacOrganisation]
    ),
    TextRow(
        "org_status",
        absent: [.statementClaims],
        mistyped: [.statementClaims],
        empty: [.statementClaims, .organisationStatus],
        other: [.organisationStatus],
        malformed: [.organisationStatus],
        except: [.cased: []]
    ),
    TextRow(
        "software_environment",
        absent: [.environment],
        mistyped: [.environment],
        empty: [.environment],
        other: [.environment],
        malformed: [.environment],
        except: [.cased: []]
    ),
    keyURL("software_jwks_endpoint"), keyURL("org_jwks_endpoint"),
    revokedURL("software_jwks_revoked_endpoint"), revokedURL("org_jwks_revoked_endpoint"),
    TextRow(unchecked: "software_mode"), TextRow(unchecked: "software_client_name"),
    TextRow(unchecked: "software_client_description"), TextRow(unchecked: "software_client_uri"),
    TextRow(unchecked: "software_logo_uri"), TextRow(unchecked: "software_policy_uri"),
    TextRow(unchecked: "software_tos_uri"), TextRow(unchecked: "a_claim_nobody_knows"),
]

let statementTexts: [MutantSource] = statementTextRows.map { row in
    MutantSource("statement \(row.claim)", weight: 3) { r, random in
        if r.stated[row.claim] == nil { r.stated.append(row.claim, "value") }
        let change = TextChange.allCases[Int(random.next() % UInt64(TextChange.allCases.count))]
        change.apply(to: &r.stated, row.claim, &random)
        return (
            change.rawValue, row.expected(change, r.stated[row.claim], text: [], repeated: .refused(.statementFraming))
        )
    }
}

/// A claim that must be there, whatever it says.
private func required(_ claim: String) -> TextRow {
    TextRow(
        claim,
        absent: [.statementClaims],
        mistyped: [.statementClaims],
        empty: [.statementClaims],
        other: [],
        malformed: []
    )
}

private func keyURL(_ claim: String) -> TextRow {
    TextRow(
        claim,
        absent: [.statementClaims],
        mistyped: [.statementClaims],
        empty: [.statementClaims, .keyURLs],
        other: [.keyURLs],
        malformed: [.keyURLs]
    )
}

private func revokedURL(_ claim: String) -> TextRow {
    TextRow(
        claim,
        absent: [],
        mistyped: [.statementClaims],
        empty: [.keyURLs],
        other: [.keyURLs],
        malformed: [.keyURLs],
        except: [.null: []]
    )
}
