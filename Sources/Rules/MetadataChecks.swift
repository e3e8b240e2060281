import Encoding
import OpenBanking
import PKIX

/// The authentication methods each version of the specification lists.
private let methodsOf31: [AuthenticationMethod] = [
    .privateKeyJWT, .tlsClientAuth, .clientSecretBasic, .clientSecretPost,
]

func methodIsOfThisVersion(_ r: Evidence) -> Fault? {
    let methods = r.policy.profile == .v31 ? methodsOf31 : AuthenticationMethod.allCases
    return choiceFault(r, .authenticationMethod, among: methods.map(\.rawValue))
}

/// The grants a version lists: CIBA came with 3.3, the JWT bearer grant with 3.4; CIBA before 3.3 is rule R-042's.
private func grants(_ profile: Policy.Profile) -> [String] {
    var grants = ["client_credentials", "authorization_code", "refresh_token", "urn:openid:params:grant-type:ciba"]
    if profile >= .v34 { grants.append("urn:ietf:params:oauth:grant-type:jwt-bearer") }
    return grants
}

func grantTypesAreOfThisVersion(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.grantTypes) else { return Fault("grant_types is missing") }
    guard value.kind == .array, value.count > 0 else { return Fault("grant_types is not a non-empty array") }
    let known = grants(r.policy.profile)
    var fault: Fault?
    var seen = Set<Int>()
    value.forEachElement { element in
        guard fault == nil else { return }
        guard let text = element.text else {
            fault = Fault("grant_types holds something other than strings")
            return
        }
        guard let index = known.firstIndex(where: { text.equals($0) }) else {
            fault = Fault("grant_types holds a grant that \(r.policy.profile.rawValue) does not know", text)
            return
        }
        if !seen.insert(index).inserted { fault = Fault("grant_types names a grant twice", text) }
    }
    return fault
}

/// True for `code id_token` in either order.
func isHybrid(_ text: ByteSlice) -> Bool { text.equals("code id_token") || text.equals("id_token code") }

func responseTypesAreKnown(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.responseTypes) else { return nil }
    guard value.kind == .array, value.count > 0 else { return Fault("response_types is not a non-empty array") }
    var fault: Fault?
    value.forEachElement { element in
        guard fault == nil else { return }
        guard let text = element.text else {
            fault = Fault("response_types holds something other than strings")
            return
        }
        if !text.equals("code"), !isHybrid(text) {
            fault = Fault("response_types holds something other than code and code id_token", text)
        }
    }
    return fault
}

func scopeHasAForm(_ r: Evidence) -> Fault? {
    guard let value = r.claim(.scope) else {
        return r.policy.profile == .v31 ? nil : Fault("scope is missing")
    }
    guard let text = value.text else {
        guard r.policy.profile == .v31, value.kind == .array else { return Fault("scope is not a string") }
        var bad = false
        value.forEachElement { bad = bad || $0.text.map { !isScopeToken($0) } ?? true }
        return bad ? Fault("scope holds something other than scope tokens") : nil
    }
    if text.count > 256 { return Fault("scope is \(text.count) bytes long; at most 256 are allowed", text) }
    return ScopeTokens(text).allSatisfy(isScopeToken) ? nil : Fault("scope is not tokens parted by single spaces", text)
}

/// RFC 6749 section 3.3: printable ASCII but for the quotation mark and the reverse solidus.
private func isScopeToken(_ token: ByteSlice) -> Bool {
    !token.isEmpty && !token.contains { $0 < 0x21 || $0 > 0x7E || $0 == 0x22 || $0 == 0x5C }
}

func subjectIsNamed(_ r: Evidence) -> Fault? {
    guard r.method == .tlsClientAuth else { return nil }
    let names: [RequestClaim] = [.subjectDN, .subjectDNOf31]
    for name in names where r.claim(name) != nil {
        if let fault = presentTextFault(r, name) { return fault }
    }
    switch (r.text(.subjectDN), r.text(.subjectDNOf31)) {
    case (nil, nil): return Fault("tls_client_auth_subject_dn is missing")
    case (let new?, let old?):
        return new == old ? nil : Fault("tls_client_auth_dn differs from tls_client_auth_subject_dn", old)
    default: return nil
    }
}

func subjectIsADN(_ r: Evidence) -> Fault? {
    for name: RequestClaim in [.subjectDN, .subjectDNOf31] {
        guard let text = r.text(name) else { continue }
        guard text.count <= 512 else {
            return Fault("\(name.rawValue) is \(text.count) bytes long; at most 512 are read", text)
        }
        do throws(DNFault) {
            _ = try DistinguishedName.parse(rfc4514: text)
        } catch {
            return Fault("\(name.rawValue) is not a distinguished name: \(error)", text)
        }
    }
    return nil
}
