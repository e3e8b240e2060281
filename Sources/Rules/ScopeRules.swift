import Encoding
import OpenBanking

/// Scopes, compared as whole tokens (rules.md 9.11).
let scopeRules: [Rule] = [
    Rule(
        .scopeKnown,
        "each scope is known",
        source: "OB DCR 3.3, scope",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        remedy: "Ask for openid, accounts, payments and fundsconfirmations only."
    ) { r in
        eachScope(r) { token in
            let known = needed(for: token) != nil || r.policy.extraScopes.contains { token.equals($0) }
            return known ? nil : "is unknown here"
        }
    },
    Rule(
        .scopeAllowed,
        "each scope is one the software's roles allow",
        source: "OB DCR 3.3, scope; Directory API, software_roles",
        reports: .invalidClientMetadata,
        needs: [.metadata, .statementTrusted],
        remedy: "Ask only for scopes of the software's roles, or get the role in the directory."
    ) { r in
        eachScope(r) { token in
            guard let roles = needed(for: token), !roles.isEmpty, r.roles.isDisjoint(with: roles) else { return nil }
            return "needs the role \(roles.intersection(.psd2).names.joined())"
        }
    },
    Rule(
        .scopeOpenID,
        "openid is added where it is missing",
        source: "OB DCR 3.3, scope",
        reports: nil,
        severity: .info,
        needs: [.metadata],
        remedy: "Nothing to do."
    ) { r in
        guard let scope = r.text(.scope), !ScopeTokens(scope).contains("openid") else { return nil }
        return Fault("openid is added to scope", scope)
    },
]

/// The roles of which one is needed for a scope, none for `openid`, nil for an unknown scope.
private func needed(for token: ByteSlice) -> SoftwareRoles? {
    if token.equals("openid") { return [] }
    if token.equals("accounts") { return [.aisp, .crownAISP] }
    if token.equals("payments") { return .pisp }
    if token.equals("fundsconfirmations") { return [.cbpii, .crownCBPII] }
    return nil
}

private func eachScope(_ r: Evidence, _ check: (ByteSlice) -> String?) -> Fault? {
    guard let value = r.claim(.scope) else { return nil }
    if let text = value.text {
        for token in ScopeTokens(text) where !token.isEmpty {
            if let why = check(token) { return Fault("a scope \(why)", token) }
        }
        return nil
    }
    var fault: Fault?
    value.forEachElement { element in
        guard fault == nil, let token = element.text, let why = check(token) else { return }
        fault = Fault("a scope \(why)", token)
    }
    return fault
}
