import Encoding
import OpenBanking

@testable import Rules
@testable import Simulator

/// Scopes as whole tokens.
let scopeRows: [Row] = [
    Row(.scopeKnown, "a scope nobody knows") { $0.claims["scope"] = "openid accounts email" },
    Row(.scopeKnown, "accountsx is not accounts") { $0.claims["scope"] = "openid accountsx" },
    Row(.scopeKnown, "Accounts is not accounts") { $0.claims["scope"] = "openid Accounts" },
    Row(.scopeKnown, "the misspelt fundsconformations") { $0.claims["scope"] = "openid fundsconformations" },
    Row(.idTokenNeedsOpenID, "openidx is not openid", and: [.scopeKnown]) { $0.claims["scope"] = "openidx accounts" },
    Row(good: "a scope of the bank's own") {
        $0.policy.extraScopes = ["vrp"]
        $0.claims["scope"] = "openid accounts vrp"
    },
    Row(.scopeAllowed, "fundsconfirmations without CBPII") { $0.claims["scope"] = "openid fundsconfirmations" },
    Row(.scopeAllowed, "accounts without AISP") {
        $0.stated["software_roles"] = ["PISP"]
        $0.claims["scope"] = "openid accounts"
    },
    Row(.scopeAllowed, "payments without PISP") {
        $0.stated["software_roles"] = ["AISP"]
        $0.claims["scope"] = "openid payments"
    },
    Row(.scopeAllowed, "accounts for an ASPSP", and: [.rolesAuthorised, .psd2Roles]) {
        $0.stated["software_roles"] = ["ASPSP"]
        $0.claims["scope"] = "openid accounts"
    },
    Row(.scopeAllowed, "in a list under 3.1") {
        $0.policy.profile = .v31
        $0.claims["scope"] = ["openid", "fundsconfirmations"]
    },
    Row(good: "accounts for CD_AISP") {
        $0.stated["software_roles"] = ["CD_AISP"]
        $0.claims["scope"] = "openid accounts"
    },
    Row(good: "openid alone") { $0.claims["scope"] = "openid" },
    Row(good: "every role, every scope", of: Stage.sibling),
]
