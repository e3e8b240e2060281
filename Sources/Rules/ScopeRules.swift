import Encoding
import OpenBanking

/// Scopes, compared as whole tokens.
let scopeRules: [Rule] = [
    Rule(
        .scopeKnown,
        "each scope is known",
        source: "OB DCR 3.3, scope",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.scopes"],
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
        note: "Refused, never trimmed: the TPP would take its client for more than it is.",
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
        guard r.claim(.scope) != nil, firstScope(r, where: { $0.equals("openid") }) == nil else { return nil }
        return Fault("openid is added to scope", r.text(.scope) ?? ByteSlice(""))
    },
]

/// The roles of which one is needed for a scope, none for `openid`, nil for an unknown scope.
private func needed(for token: ByteSlice) -> SoftwareRoles? {
    if token.equals("openid") { return SoftwareRoles() }
    if token.equals("accounts") { return .accounts }
    if token.equals("payments") { return .pisp }
    if token.equals("fundsconfirmations") { return .funds }
    return nil
}

private func eachScope(_ r: Evidence, _ check: (ByteSlice) -> String?) -> Fault? {
    guard let token = firstScope(r, where: { check($0) != nil }) else { return nil }
    return check(token).map { Fault("a scope \($0)", token) }
}

/// The first whole token of `scope`, which may be an array under 3.1, that `matches`.
func firstScope(_ r: Evidence, where matches: (ByteSlice) -> Bool) -> ByteSlice? {
    guard let value = r.claim(.scope) else { return nil }
    if let text = value.text { return ScopeTokens(text).first { !$0.isEmpty && matches($0) } }
    var found: ByteSlice?
    value.forEachElement { element in
        if found == nil, let token = element.text, matches(token) { found = token }
    }
    return found
}
