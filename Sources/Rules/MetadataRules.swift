import Encoding
import OpenBanking

/// What pieces of metadata mean together, and what this bank supports.
let metadataRules: [Rule] = [
    Rule(
        .codeGrantResponse,
        "authorization_code and a code response type come together",
        source: "RFC 7591 section 2.1",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        remedy: "Ask for both authorization_code and code id_token, or for neither.",
        check: codeComesWithItsGrant
    ),
    Rule(
        .refreshGrant,
        "refresh_token comes with a grant that yields one",
        source: "RFC 6749 section 6",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.metadata],
        remedy: "Add authorization_code or CIBA, or leave refresh_token out."
    ) { r in
        guard hasGrant(r, "refresh_token"), !hasGrant(r, "authorization_code"),
            !hasGrant(r, "urn:openid:params:grant-type:ciba")
        else { return nil }
        return Fault("refresh_token is asked for without authorization_code or CIBA")
    },
    Rule(
        .authenticationMethodSupported,
        "token_endpoint_auth_method is one the bank supports",
        source: "OB DCR 3.3; the bank's well-known endpoint",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.auth_methods"],
        remedy: "Use a method of the bank's well-known endpoint."
    ) { r in
        guard let method = r.method, !r.policy.authenticationMethods.contains(method) else { return nil }
        let list = r.policy.authenticationMethods.map(\.rawValue).joined(separator: ", ")
        return Fault("token_endpoint_auth_method is not one this bank supports (\(list))", value: method.rawValue)
    },
    Rule(
        .authenticationMethodFAPI,
        "under FAPI the method is private_key_jwt or tls_client_auth",
        source: "OB DCR 3.2 and 3.3; FAPI Advanced 5.2.2",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.fapi"],
        remedy: "Use private_key_jwt or tls_client_auth."
    ) { r in
        guard r.policy.isFAPI, let method = r.method, method.hasSecret else { return nil }
        return Fault("token_endpoint_auth_method is not one FAPI allows", value: method.rawValue)
    },
    Rule(
        .metadataSupported,
        "grants and response types are ones the bank supports",
        source: "OB DCR 3.3, POST /register",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        settings: ["policy.grant_types", "policy.response_types"],
        remedy: "Use only what the bank's well-known endpoint lists.",
        check: metadataIsSupported
    ),
    Rule(
        .idTokenNeedsOpenID,
        "code id_token comes with the scope openid",
        source: "OpenID Connect Core section 3.3.2.1",
        reports: .invalidClientMetadata,
        needs: [.metadata],
        remedy: "Add openid to scope."
    ) { r in
        guard r.claim(.scope) != nil, asksForIDToken(r), firstScope(r, where: { $0.equals("openid") }) == nil else {
            return nil
        }
        return Fault("code id_token is asked for without the scope openid", r.text(.scope) ?? ByteSlice(""))
    },
    Rule(
        .codeAlone,
        "code alone needs a secured response mode under FAPI Advanced",
        source: "FAPI Advanced 5.2.2",
        reports: .invalidClientMetadata,
        severity: .warning,
        needs: [.metadata],
        settings: ["policy.fapi"],
        remedy: "Ask for code id_token, or make sure that the client uses JARM or PAR."
    ) { r in
        guard r.policy.isFAPI, hasResponseType(r, where: { $0.equals("code") }), !asksForIDToken(r) else { return nil }
        return Fault("code is asked for without id_token")
    },
]

private func hasResponseType(_ r: Evidence, where matches: (ByteSlice) -> Bool) -> Bool {
    var found = false
    r.claim(.responseTypes)?.forEachElement { found = found || $0.text.map(matches) == true }
    return found
}

/// Absent response types mean `code id_token` (rule R-026).
private func asksForIDToken(_ r: Evidence) -> Bool {
    guard r.claim(.responseTypes) != nil else { return hasGrant(r, "authorization_code") }
    return hasResponseType(r, where: isHybrid)
}

private func codeComesWithItsGrant(_ r: Evidence) -> Fault? {
    guard r.claim(.responseTypes) != nil else { return nil }
    let code = hasResponseType(r) { $0.equals("code") || isHybrid($0) }
    let grant = hasGrant(r, "authorization_code")
    if grant, !code { return Fault("authorization_code is asked for, but no code response type") }
    if code, !grant { return Fault("a code response type is asked for, but not authorization_code") }
    return nil
}

private func metadataIsSupported(_ r: Evidence) -> Fault? {
    unsupported(r.claim(.grantTypes), "grant_types", r.policy.grantTypes)
        ?? unsupported(r.claim(.responseTypes), "response_types", r.policy.responseTypes)
}

private func unsupported(_ value: JSONValue?, _ name: String, _ supported: [String]) -> Fault? {
    var fault: Fault?
    value?.forEachElement { element in
        guard fault == nil, let text = element.text else { return }
        let known = supported.contains { text.equals($0) } || (isHybrid(text) && supported.contains("code id_token"))
        if !known { fault = Fault("\(name) holds a value this bank does not support", text) }
    }
    return fault
}
