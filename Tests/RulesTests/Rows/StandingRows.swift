import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Whether software and organisation may register here, now.
let standingRows: [Row] =
    roleRows + authorityRows + [
        Row(.environment, "production at a sandbox") { $0.stated["software_environment"] = "production" },
        Row(.environment, "an environment nobody knows") { $0.stated["software_environment"] = "staging" },
        Row(.environment, "no environment") { $0.stated["software_environment"] = nil },
        Row(.environment, "an environment of null") { $0.stated["software_environment"] = .null },
        Row(.environment, "an environment that is no string") { $0.stated["software_environment"] = 5 },
        Row(good: "Sandbox in capitals") { $0.stated["software_environment"] = "SANDBOX" },
        Row(good: "test software in the sandbox") { $0.stated["software_mode"] = "Test" },
        Row(good: "test software in production (A-17)") { $0.makeTestSoftware(refused: false) },
        Row(.softwareMode, "test software in production, where the bank refuses it (A-17)") {
            $0.makeTestSoftware(refused: true)
        },
        Row(.organisationStatus, "Revoked") { $0.stated["org_status"] = "Revoked" },
        Row(.organisationStatus, "Withdrawn") { $0.stated["org_status"] = "Withdrawn" },
        Row(.organisationStatus, "Active with a space") { $0.stated["org_status"] = "Active " },
        Row(good: "active in lower case") { $0.stated["org_status"] = "active" },
        Row(.statementNotFuture, "issued 61 s from now") { $0.stated["iat"] = .number(Stage.now + 61) },
        Row(good: "issued 60 s from now") { $0.stated["iat"] = .number(Stage.now + 60) },
        Row(.statementAge, "older than a day and the skew by one second (A-15)") {
            $0.stated["iat"] = .number(Stage.now - Stage.day - 61)
        },
        Row(good: "a day and the skew old (A-15)") { $0.stated["iat"] = .number(Stage.now - Stage.day - 60) },
        Row(good: "a day old when it arrived, older when the keys came (A-16)") {
            $0.stated["iat"] = .number(Stage.now - 2 * Stage.day)
            $0.arrive(Stage.now - Stage.day)
        },
        Row(.statementAge, "a minute old where the bank is strict") {
            $0.policy.statementMaxAge.dcr = 60
            $0.stated["iat"] = .number(Stage.now - 121)
        },
        Row(.statementWindow, "exp one second past the skew") { $0.stated.append("exp", .number(Stage.now - 61)) },
        Row(good: "exp at the skew") { $0.stated.append("exp", .number(Stage.now - 60)) },
        Row(.statementWindow, "exp is a string") { $0.stated.append("exp", "1800000000") },
        Row(good: "exp of null") { $0.stated.append("exp", .null) },
        Row(.statementWindow, "nbf one second past the skew") { $0.stated.append("nbf", .number(Stage.now + 61)) },
        Row(good: "nbf at the skew") { $0.stated.append("nbf", .number(Stage.now + 60)) },
        Row(.statementWindow, "nbf is a list") { $0.stated.append("nbf", []) },
        Row(.denyList, "the software") { $0.policy.deniedSoftware = [$0.software.id] },
        Row(.denyList, "the organisation") { $0.policy.deniedOrganisations = [$0.software.organisation.id] },
        Row(.presentationHosts, "pages on another host, where the bank looks") {
            $0.policy.overrides[.presentationHosts] = .error
            $0.stated["software_logo_uri"] = "https://cdn.example/logo.png"
        },
        Row(good: "pages on the client's host, where the bank looks") {
            $0.policy.overrides[.presentationHosts] = .error
        },
        Row(good: "pages on another host, where the bank does not look") {
            $0.stated["software_logo_uri"] = "https://cdn.example/logo.png"
        },
    ]

private let roleRows: [Row] = [
    Row(.softwareRoles, "none", and: [.scopeAllowed]) { $0.stated["software_roles"] = [] },
    Row(.softwareRoles, "an unknown role") { $0.stated["software_roles"] = ["AISP", "PISP", "XISP"] },
    Row(.softwareRoles, "AISPX is not AISP", and: [.scopeAllowed]) { $0.stated["software_roles"] = ["AISPX", "PISP"] },
    Row(.softwareRoles, "a number") { $0.stated["software_roles"] = ["AISP", "PISP", 5] },
    Row(.softwareRoles, "roles in one string", and: [.scopeAllowed]) { $0.stated["software_roles"] = ["AISP PISP"] },
    Row(.softwareRoles, "two domains") { $0.stated["software_roles"] = ["AISP", "PISP", "CD_AISP"] },
    Row(.softwareRoles, "ASPSP beside others", and: [.rolesAuthorised, .psd2Roles]) {
        $0.stated["software_roles"] = ["AISP", "PISP", "ASPSP"]
    },
]

private let authorityRows: [Row] = [
    Row(.authorityStatus, "Withdrawn") { $0.authority { $0["status"] = "Withdrawn" } },
    Row(.authorityStatus, "a status that is no string") { $0.authority { $0["status"] = 5 } },
    Row(good: "no status") { $0.authority { $0["status"] = nil } },
    Row(good: "an array of authorities (A-18)") {
        $0.stated["organisation_competent_authority_claims"] = .list([
            $0.stated["organisation_competent_authority_claims"] ?? .null
        ])
    },
    Row(good: "no authority at all (A-18)") { $0.stated["organisation_competent_authority_claims"] = nil },
    Row(.rolesAuthorised, "no authorisation in the bank's state") {
        $0.authorise([("IE", ["AISP", "PISP"])])
    },
    Row(.rolesAuthorised, "one role missing in the bank's state") {
        $0.authorise([("GB", ["AISP"]), ("IE", ["AISP", "PISP"])])
    },
    Row(.rolesAuthorised, "GBR is not GB") { $0.authorise([("GBR", ["AISP", "PISP"])]) },
    Row(good: "authorised in the state of an Irish bank") {
        $0.policy.memberState = "IE"
        $0.authorise([("IE", ["AISP", "PISP"])])
    },
    Row(.rolesAuthorised, "no authorisations") { $0.authorise([]) },
]

extension Registration {
    /// Changes the competent authority claims.
    mutating func authority(_ change: (inout DraftMembers) -> Void) {
        guard case .object(var members)? = stated["organisation_competent_authority_claims"] else { return }
        change(&members)
        stated["organisation_competent_authority_claims"] = .object(members)
    }

    fileprivate mutating func authorise(_ states: [(String, [String])]) {
        authority {
            $0["authorisations"] = .list(
                states.map { .object(["member_state": .text($0.0), "roles": .texts($0.1)]) }
            )
        }
    }

    /// Arrived earlier, with the request's own times laid around that moment.
    mutating func arrive(_ time: Int64) {
        arrivedAt = time
        claims["iat"] = .number(time - 60)
        claims["exp"] = .number(time + 1740)
    }

    fileprivate mutating func makeTestSoftware(refused: Bool) {
        policy.environment = .production
        policy.refusesTestSoftware = refused
        stated["software_environment"] = "production"
        stated["software_mode"] = "Test"
    }
}
